//! What the code that `tablec` generates needs at run time.
//!
//! Without features: [`Patch`], [`Page`], errors and the values that PostgreSQL has and Rust lacks. With `codec`
//! they can be sent and received; with `blocking` and `async` there are sessions that run SQL.

mod error;
mod length;
mod macros;
mod page;
mod patch;
mod row;
pub mod values;

#[cfg(any(feature = "blocking", feature = "async"))]
mod access;
#[cfg(feature = "codec")]
pub mod codec;
pub mod factory;
#[cfg(any(feature = "blocking", feature = "async"))]
pub mod settings;
#[cfg(any(feature = "blocking", feature = "async"))]
pub mod statement;

#[cfg(feature = "async")]
pub mod asynchronous;
#[cfg(feature = "blocking")]
pub mod blocking;

#[cfg(any(feature = "blocking", feature = "async"))]
pub use access::AccessPaths;
pub use error::{BoxError, DecodeError, Error, Violation, ViolationKind};
pub use futures_core::Stream;
pub use length::fits;
pub use page::Page;
pub use patch::Patch;
pub use row::{Columns, Decode, RowIter, RowStream, Streamed};
#[cfg(any(feature = "blocking", feature = "async"))]
pub use settings::{Settings, Statements};

#[doc(hidden)]
#[cfg(feature = "codec")]
pub mod export {
    pub use bytes::BytesMut;
    pub use postgres_types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
}
