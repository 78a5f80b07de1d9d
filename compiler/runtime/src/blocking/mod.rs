//! Sessions over the blocking driver, `postgres`.

mod calls;

use std::collections::HashMap;

use postgres::fallible_iterator::FallibleIterator;
use postgres::{Client, GenericClient, NoTls, Row};

use crate::access::{self, AccessPaths};
use crate::settings::{ParameterTypes, types_query};
use crate::statement::Statement;
use crate::{Error, RowIter, Settings, Statements};

pub use calls::{
    delete, delete_version, insert, insert_many, many, optional, page, stream, update,
    update_version, upsert, value,
};

/// Something that statements can be run in: a connection or a transaction.
pub trait Session {
    /// Runs a statement and returns all rows.
    fn query(&mut self, statement: &Statement<'_>) -> Result<Vec<Row>, Error>;

    /// Runs a statement and returns the number of rows that it changed.
    fn run(&mut self, statement: &Statement<'_>) -> Result<u64, Error>;

    /// Runs a statement and returns the rows as they arrive.
    fn query_stream(&mut self, statement: &Statement<'_>)
    -> Result<RowIter<'_, Row, Error>, Error>;
}

/// A connection.
pub struct Connection {
    client: Client,
    prepared: Prepared,
}

/// A transaction: rolled back unless it is committed.
pub struct Transaction<'a> {
    inner: postgres::Transaction<'a>,
    prepared: &'a mut Prepared,
}

enum Prepared {
    Named(HashMap<String, postgres::Statement>),
    Unnamed(ParameterTypes),
}

impl Connection {
    /// Connects without TLS.
    pub fn open(settings: &Settings) -> Result<Self, Error> {
        Self::new(
            postgres::Config::from(settings.config.clone()).connect(NoTls)?,
            settings,
        )
    }

    /// Takes a connection that was made in another way, e.g. with TLS.
    pub fn new(mut client: Client, settings: &Settings) -> Result<Self, Error> {
        let prepared = match settings.statements {
            Statements::Named => Prepared::Named(HashMap::new()),
            Statements::Unnamed => {
                learn_types(&mut client, settings.types)?;
                Prepared::Unnamed(ParameterTypes::default())
            }
        };
        Ok(Self { client, prepared })
    }

    /// Begins a transaction.
    pub fn begin(&mut self) -> Result<Transaction<'_>, Error> {
        let (inner, prepared) = (self.client.transaction()?, &mut self.prepared);
        Ok(Transaction { inner, prepared })
    }

    /// Runs `work` in a transaction, which is committed when it succeeds and rolled back when it fails.
    pub fn transaction<T, E: From<Error>>(
        &mut self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut transaction = self.begin()?;
        let value = work(&mut transaction)?;
        transaction.commit()?;
        Ok(value)
    }

    /// The driver's connection, for what no repository does.
    pub fn driver(&mut self) -> &mut Client {
        &mut self.client
    }
}

impl<'a> Transaction<'a> {
    /// Commits. Deferred constraints are checked here.
    pub fn commit(self) -> Result<(), Error> {
        Ok(self.inner.commit()?)
    }

    /// Rolls back, which dropping the transaction does as well.
    pub fn rollback(self) -> Result<(), Error> {
        Ok(self.inner.rollback()?)
    }

    /// The driver's transaction, for what no repository does.
    pub fn driver(&mut self) -> &mut postgres::Transaction<'a> {
        &mut self.inner
    }

    /// Those of the statements that the index beside them does not serve, each with its plan.
    pub fn unserved(&mut self, paths: &AccessPaths) -> Result<Vec<String>, Error> {
        self.inner.batch_execute(access::SETTINGS)?;
        let mut found = Vec::new();
        for (index, statement) in paths.indexes {
            let script = self.inner.simple_query(&access::stand_in(index))?;
            let Some(script) = access::first(&script) else {
                found.push(access::missing(index, statement));
                continue;
            };
            self.inner.batch_execute(script)?;
            self.inner
                .batch_execute(&access::prepare(paths.table, statement))?;
            let plan = self.inner.simple_query(&access::explain(statement))?;
            self.inner.batch_execute(access::FORGET)?;
            found.extend(access::finding(index, statement, &plan));
        }
        Ok(found)
    }

    /// Begins a transaction inside this one (a savepoint).
    pub fn begin(&mut self) -> Result<Transaction<'_>, Error> {
        let (inner, prepared) = (self.inner.transaction()?, &mut *self.prepared);
        Ok(Transaction { inner, prepared })
    }
}

impl Session for Connection {
    fn query(&mut self, statement: &Statement<'_>) -> Result<Vec<Row>, Error> {
        self.prepared.query(&mut self.client, statement, false)
    }

    fn run(&mut self, statement: &Statement<'_>) -> Result<u64, Error> {
        self.prepared.run(&mut self.client, statement, false)
    }

    fn query_stream(
        &mut self,
        statement: &Statement<'_>,
    ) -> Result<RowIter<'_, Row, Error>, Error> {
        self.prepared.stream(&mut self.client, statement, false)
    }
}

impl Session for Transaction<'_> {
    fn query(&mut self, statement: &Statement<'_>) -> Result<Vec<Row>, Error> {
        self.prepared.query(&mut self.inner, statement, true)
    }

    fn run(&mut self, statement: &Statement<'_>) -> Result<u64, Error> {
        self.prepared.run(&mut self.inner, statement, true)
    }

    fn query_stream(
        &mut self,
        statement: &Statement<'_>,
    ) -> Result<RowIter<'_, Row, Error>, Error> {
        self.prepared.stream(&mut self.inner, statement, true)
    }
}

impl<S: Session> Session for &mut S {
    fn query(&mut self, statement: &Statement<'_>) -> Result<Vec<Row>, Error> {
        (**self).query(statement)
    }

    fn run(&mut self, statement: &Statement<'_>) -> Result<u64, Error> {
        (**self).run(statement)
    }

    fn query_stream(
        &mut self,
        statement: &Statement<'_>,
    ) -> Result<RowIter<'_, Row, Error>, Error> {
        (**self).query_stream(statement)
    }
}

impl Prepared {
    fn query(
        &mut self,
        client: &mut impl GenericClient,
        statement: &Statement<'_>,
        in_transaction: bool,
    ) -> Result<Vec<Row>, Error> {
        self.stream(client, statement, in_transaction)?.collect()
    }

    fn run(
        &mut self,
        client: &mut impl GenericClient,
        statement: &Statement<'_>,
        in_transaction: bool,
    ) -> Result<u64, Error> {
        Ok(match self {
            Self::Named(known) => {
                let prepared = named(known, client, statement)?;
                client.execute(&prepared, &statement.params())?
            }
            Self::Unnamed(known) => {
                let types = parameter_types(known, client, statement, in_transaction)?;
                let params: Vec<_> = statement
                    .params()
                    .into_iter()
                    .zip(types.iter().cloned())
                    .collect();
                client.execute_typed(&statement.sql, &params)?
            }
        })
    }

    fn stream<'a>(
        &mut self,
        client: &'a mut impl GenericClient,
        statement: &Statement<'_>,
        in_transaction: bool,
    ) -> Result<RowIter<'a, Row, Error>, Error> {
        let rows = match self {
            Self::Named(known) => {
                let prepared = named(known, client, statement)?;
                client.query_raw(&prepared, statement.params())?
            }
            Self::Unnamed(known) => {
                let types = parameter_types(known, client, statement, in_transaction)?;
                let params: Vec<_> = statement
                    .params()
                    .into_iter()
                    .zip(types.iter().cloned())
                    .collect();
                client.query_typed_raw(&statement.sql, params)?
            }
        };
        Ok(Box::new(rows.map_err(Error::from).iterator()))
    }
}

fn named(
    known: &mut HashMap<String, postgres::Statement>,
    client: &mut impl GenericClient,
    statement: &Statement<'_>,
) -> Result<postgres::Statement, Error> {
    if let Some(prepared) = known.get(statement.sql.as_ref()) {
        return Ok(prepared.clone());
    }
    let prepared = client.prepare(&statement.sql)?;
    if statement.reusable {
        known.insert(statement.sql.to_string(), prepared.clone());
    }
    Ok(prepared)
}

/// The types of the parameters. They are asked for once, in a transaction, so that a pooler stays with one
/// connection while the statement has a name.
fn parameter_types(
    known: &ParameterTypes,
    client: &mut impl GenericClient,
    statement: &Statement<'_>,
    in_transaction: bool,
) -> Result<std::sync::Arc<[postgres_types::Type]>, Error> {
    if let Some(types) = known.get(&statement.sql) {
        return Ok(types);
    }
    let types = if in_transaction {
        client.prepare(&statement.sql)?.params().to_vec()
    } else {
        let mut transaction = client.transaction()?;
        let types = transaction.prepare(&statement.sql)?.params().to_vec();
        transaction.commit()?;
        types
    };
    Ok(known.insert(&statement.sql, &types))
}

/// Makes the driver ask for the types once; it does so with named statements, which are gone afterwards.
fn learn_types(client: &mut Client, types: &[&str]) -> Result<(), Error> {
    if types.is_empty() {
        return Ok(());
    }
    let mut transaction = client.transaction()?;
    drop(transaction.prepare(&types_query(types))?);
    transaction.batch_execute("deallocate all")?;
    Ok(transaction.commit()?)
}
