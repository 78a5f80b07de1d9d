//! Sessions over the asynchronous driver, `tokio-postgres`, with the pool of `deadpool-postgres`.

mod calls;

use std::future::Future;
use std::sync::Arc;

use deadpool_postgres::{
    Client, GenericClient, Hook, HookError, Manager, ManagerConfig, RecyclingMethod,
};
use futures_util::{StreamExt, TryStreamExt, stream};
use postgres_types::Type;
use tokio_postgres::{NoTls, Row};

use crate::access;
use crate::settings::{ParameterTypes, types_query};
use crate::statement::{Param, Statement};
use crate::{Error, RowStream, Settings, Statements};

pub use calls::{
    delete, delete_version, insert, insert_many, many, optional, page, stream, update,
    update_version, upsert, value,
};

/// Something that statements can be run in: a pool, a connection or a transaction.
pub trait Session: Sync {
    /// Runs a statement and returns all rows.
    fn query(
        &self,
        statement: &Statement<'_>,
    ) -> impl Future<Output = Result<Vec<Row>, Error>> + Send;

    /// Runs a statement and returns the number of rows that it changed.
    fn run(&self, statement: &Statement<'_>) -> impl Future<Output = Result<u64, Error>> + Send;

    /// Runs a statement and returns the rows as they arrive.
    fn query_stream(
        &self,
        statement: &Statement<'_>,
    ) -> impl Future<Output = Result<RowStream<'static, Row, Error>, Error>> + Send;
}

/// A pool of connections. Each statement runs in any of them; it is cheap to clone.
#[derive(Clone)]
pub struct Pool {
    inner: deadpool_postgres::Pool,
    mode: Mode,
}

/// A connection of the pool, given back when it is dropped.
pub struct Connection {
    client: Client,
    mode: Mode,
}

/// A transaction: rolled back unless it is committed.
pub struct Transaction<'a> {
    inner: deadpool_postgres::Transaction<'a>,
    mode: Mode,
}

/// How statements are sent; for unnamed ones with what is known of their parameters.
#[derive(Clone)]
enum Mode {
    Named,
    Unnamed(ParameterTypes),
}

impl Pool {
    /// A pool that connects without TLS, when connections are needed.
    pub fn new(settings: &Settings) -> Result<Self, Error> {
        let config = ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        };
        Self::with_manager(
            Manager::from_config(settings.config.clone(), NoTls, config),
            settings,
        )
    }

    /// A pool that connects in another way, e.g. with TLS.
    pub fn with_manager(manager: Manager, settings: &Settings) -> Result<Self, Error> {
        let mut builder = deadpool_postgres::Pool::builder(manager).max_size(settings.pool_size);
        let mut mode = Mode::Named;
        if settings.statements == Statements::Unnamed {
            mode = Mode::Unnamed(ParameterTypes::default());
            let types = settings.types;
            builder = builder.post_create(Hook::async_fn(move |client, _| {
                Box::pin(
                    async move { learn_types(client, types).await.map_err(HookError::Backend) },
                )
            }));
        }
        let inner = builder
            .build()
            .map_err(|error| Error::Connection(error.into()))?;
        Ok(Self { inner, mode })
    }

    /// A connection of one's own.
    pub async fn connection(&self) -> Result<Connection, Error> {
        let client = self.inner.get().await.map_err(|error| match error {
            deadpool_postgres::PoolError::Backend(error) => error.into(),
            error => Error::Connection(error.into()),
        })?;
        Ok(Connection {
            client,
            mode: self.mode.clone(),
        })
    }

    /// Runs `work` in a transaction, which is committed when it succeeds and rolled back when it fails.
    pub async fn transaction<T, E: From<Error>>(
        &self,
        work: impl AsyncFnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.connection().await?;
        let transaction = connection.begin().await?;
        let value = work(&transaction).await?;
        transaction.commit().await?;
        Ok(value)
    }
}

impl Connection {
    /// Begins a transaction.
    pub async fn begin(&mut self) -> Result<Transaction<'_>, Error> {
        let inner = self.client.transaction().await?;
        Ok(Transaction {
            inner,
            mode: self.mode.clone(),
        })
    }

    /// The driver's connection, for what no repository does.
    pub fn driver(&mut self) -> &mut Client {
        &mut self.client
    }
}

impl<'a> Transaction<'a> {
    /// Commits. Deferred constraints are checked here.
    pub async fn commit(self) -> Result<(), Error> {
        Ok(self.inner.commit().await?)
    }

    /// Rolls back, which dropping the transaction does as well.
    pub async fn rollback(self) -> Result<(), Error> {
        Ok(self.inner.rollback().await?)
    }

    /// Those of the statements that no index serves, each with its plan.
    pub async fn unserved(&self, statements: &[&str]) -> Result<Vec<String>, Error> {
        self.inner.batch_execute(access::SETTINGS).await?;
        let mut found = Vec::new();
        for statement in statements {
            self.inner
                .batch_execute(&access::prepare(statement))
                .await?;
            let plan = self.inner.simple_query(&access::explain(statement)).await?;
            self.inner.batch_execute(access::DEALLOCATE).await?;
            found.extend(access::finding(statement, &plan));
        }
        Ok(found)
    }

    /// Begins a transaction inside this one (a savepoint).
    pub async fn begin(&mut self) -> Result<Transaction<'_>, Error> {
        let inner = self.inner.transaction().await?;
        Ok(Transaction {
            inner,
            mode: self.mode.clone(),
        })
    }

    /// The driver's transaction, for what no repository does.
    pub fn driver(&mut self) -> &mut deadpool_postgres::Transaction<'a> {
        &mut self.inner
    }
}

impl Session for Pool {
    async fn query(&self, statement: &Statement<'_>) -> Result<Vec<Row>, Error> {
        self.connection().await?.query(statement).await
    }

    async fn run(&self, statement: &Statement<'_>) -> Result<u64, Error> {
        self.connection().await?.run(statement).await
    }

    async fn query_stream(
        &self,
        statement: &Statement<'_>,
    ) -> Result<RowStream<'static, Row, Error>, Error> {
        let connection = self.connection().await?;
        let rows = connection.query_stream(statement).await?;
        // The connection goes back to the pool when the last row has been read.
        let both = stream::unfold((connection, rows), async |(connection, mut rows)| {
            Some((rows.next().await?, (connection, rows)))
        });
        Ok(Box::pin(both))
    }
}

impl Session for Connection {
    async fn query(&self, statement: &Statement<'_>) -> Result<Vec<Row>, Error> {
        self.query_stream(statement).await?.try_collect().await
    }

    async fn run(&self, statement: &Statement<'_>) -> Result<u64, Error> {
        let Mode::Unnamed(known) = &self.mode else {
            let prepared = prepare(&self.client, statement).await?;
            return Ok(self.client.execute(&prepared, &statement.params()).await?);
        };
        let types = self.parameter_types(known, statement).await?;
        Ok(self
            .client
            .execute_typed(&statement.sql, &typed(statement, &types))
            .await?)
    }

    async fn query_stream(
        &self,
        statement: &Statement<'_>,
    ) -> Result<RowStream<'static, Row, Error>, Error> {
        let rows = match &self.mode {
            Mode::Named => {
                let prepared = prepare(&self.client, statement).await?;
                self.client.query_raw(&prepared, statement.params()).await?
            }
            Mode::Unnamed(known) => {
                let types = self.parameter_types(known, statement).await?;
                self.client
                    .query_typed_raw(&statement.sql, typed(statement, &types))
                    .await?
            }
        };
        Ok(Box::pin(rows.map_err(Error::from)))
    }
}

impl Session for Transaction<'_> {
    async fn query(&self, statement: &Statement<'_>) -> Result<Vec<Row>, Error> {
        self.query_stream(statement).await?.try_collect().await
    }

    async fn run(&self, statement: &Statement<'_>) -> Result<u64, Error> {
        let Mode::Unnamed(known) = &self.mode else {
            let prepared = prepare(&self.inner, statement).await?;
            return Ok(self.inner.execute(&prepared, &statement.params()).await?);
        };
        let types = self.parameter_types(known, statement).await?;
        Ok(self
            .inner
            .execute_typed(&statement.sql, &typed(statement, &types))
            .await?)
    }

    async fn query_stream(
        &self,
        statement: &Statement<'_>,
    ) -> Result<RowStream<'static, Row, Error>, Error> {
        let rows = match &self.mode {
            Mode::Named => {
                let prepared = prepare(&self.inner, statement).await?;
                self.inner.query_raw(&prepared, statement.params()).await?
            }
            Mode::Unnamed(known) => {
                let types = self.parameter_types(known, statement).await?;
                self.inner
                    .query_typed_raw(&statement.sql, typed(statement, &types))
                    .await?
            }
        };
        Ok(Box::pin(rows.map_err(Error::from)))
    }
}

impl<S: Session> Session for &S {
    async fn query(&self, statement: &Statement<'_>) -> Result<Vec<Row>, Error> {
        (**self).query(statement).await
    }

    async fn run(&self, statement: &Statement<'_>) -> Result<u64, Error> {
        (**self).run(statement).await
    }

    async fn query_stream(
        &self,
        statement: &Statement<'_>,
    ) -> Result<RowStream<'static, Row, Error>, Error> {
        (**self).query_stream(statement).await
    }
}

impl Connection {
    /// The types of the parameters. They are asked for once, in a transaction, so that a pooler stays with one
    /// connection while the statement has a name.
    async fn parameter_types(
        &self,
        known: &ParameterTypes,
        statement: &Statement<'_>,
    ) -> Result<Arc<[Type]>, Error> {
        if let Some(types) = known.get(&statement.sql) {
            return Ok(types);
        }
        self.client.batch_execute("begin").await?;
        let prepared = self.client.prepare(&statement.sql).await;
        let types = prepared
            .as_ref()
            .map(|prepared| prepared.params().to_vec())
            .unwrap_or_default();
        // Dropped, it is closed; after an error this rolls back.
        let result = prepared.map(drop);
        self.client.batch_execute("commit").await?;
        result?;
        Ok(known.insert(&statement.sql, &types))
    }
}

impl Transaction<'_> {
    async fn parameter_types(
        &self,
        known: &ParameterTypes,
        statement: &Statement<'_>,
    ) -> Result<Arc<[Type]>, Error> {
        if let Some(types) = known.get(&statement.sql) {
            return Ok(types);
        }
        let prepared = self.inner.prepare(&statement.sql).await?;
        Ok(known.insert(&statement.sql, prepared.params()))
    }
}

async fn prepare(
    client: &impl GenericClient,
    statement: &Statement<'_>,
) -> Result<tokio_postgres::Statement, Error> {
    Ok(if statement.reusable {
        client.prepare_cached(&statement.sql).await?
    } else {
        client.prepare(&statement.sql).await?
    })
}

fn typed<'a>(statement: &'a Statement<'_>, types: &[Type]) -> Vec<(Param<'a>, Type)> {
    statement
        .params()
        .into_iter()
        .zip(types.iter().cloned())
        .collect()
}

/// Makes the driver ask for the types once; it does so with named statements, which are gone afterwards.
async fn learn_types(
    client: &mut deadpool_postgres::ClientWrapper,
    types: &[&str],
) -> Result<(), tokio_postgres::Error> {
    if types.is_empty() {
        return Ok(());
    }
    let transaction = client.transaction().await?;
    drop(transaction.prepare(&types_query(types)).await?);
    transaction.batch_execute("deallocate all").await?;
    transaction.commit().await
}
