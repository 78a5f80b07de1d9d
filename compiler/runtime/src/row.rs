use std::pin::Pin;

use futures_core::Stream;

use crate::DecodeError;

/// Rows as they arrive.
pub type RowIter<'a, R, E> = Box<dyn Iterator<Item = Result<R, E>> + 'a>;

/// Rows as they arrive, asynchronously.
pub type RowStream<'a, R, E> = Pin<Box<dyn Stream<Item = Result<R, E>> + Send + 'a>>;

/// What begins to arrive, or why it does not.
pub type Streamed<R, E> = Result<RowStream<'static, R, E>, E>;

/// A type that is read from a row by the columns' positions.
pub trait Decode: Sized {
    /// The table or view, for errors.
    const TABLE: &'static str;
    /// Reads a row whose columns are listed in the order that the type expects.
    ///
    /// # Errors
    /// When a value is not of the type that its column has in Rust.
    fn decode(row: &Columns<'_>) -> Result<Self, DecodeError>;
}

/// The columns of one row. Without a driver there are no rows, and none can be made.
pub struct Columns<'a> {
    table: &'static str,
    #[cfg(any(feature = "blocking", feature = "async"))]
    row: &'a tokio_postgres::Row,
    #[cfg(not(any(feature = "blocking", feature = "async")))]
    row: (std::convert::Infallible, std::marker::PhantomData<&'a ()>),
}

#[cfg(any(feature = "blocking", feature = "async"))]
impl<'a> Columns<'a> {
    pub(crate) fn decode<R: Decode>(row: &'a tokio_postgres::Row) -> Result<R, crate::Error> {
        let table = R::TABLE;
        Ok(R::decode(&Columns { table, row })?)
    }

    /// The value at a position.
    ///
    /// # Errors
    /// When the value is not a `T`; the error names the table and `column`.
    pub fn get<T: postgres_types::FromSqlOwned>(
        &self,
        position: usize,
        column: &'static str,
    ) -> Result<T, DecodeError> {
        self.row.try_get(position).map_err(|error| DecodeError {
            table: self.table,
            column,
            source: std::error::Error::source(&error)
                .map_or_else(|| error.to_string(), ToString::to_string)
                .into(),
        })
    }
}

#[cfg(not(any(feature = "blocking", feature = "async")))]
impl Columns<'_> {
    /// The value at a position; never called, because without a driver there is no row.
    pub fn get<T>(&self, _position: usize, _column: &'static str) -> Result<T, DecodeError> {
        let _ = self.table;
        match self.row.0 {}
    }
}
