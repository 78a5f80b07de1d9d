//! Sessions over the asynchronous driver, `tokio-postgres`, with the pool of `deadpool-postgres`.

mod calls;
mod sender;

use std::future::Future;

use deadpool_postgres::{Client, Hook, HookError, Manager, ManagerConfig, RecyclingMethod};
use futures_util::{StreamExt, TryStreamExt, stream};
use tokio_postgres::{NoTls, Row};

use crate::access::{self, AccessPaths};
use crate::settings::{ParameterTypes, types_query};
use crate::statement::Statement;
use crate::{Error, RowStream, Settings, Statements};
use sender::{Mode, Sender};

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
    ) -> impl Future<Output = Result<Vec<Row>, Error>> + Send {
        async { self.query_stream(statement).await?.try_collect().await }
    }

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

    /// Those of the statements that the index beside them does not serve, each with its plan.
    pub async fn unserved(&self, paths: &AccessPaths) -> Result<Vec<String>, Error> {
        self.inner.batch_execute(access::SETTINGS).await?;
        let mut found = Vec::new();
        for (index, statement) in paths.indexes {
            let script = self.inner.simple_query(&access::stand_in(index)).await?;
            let Some(script) = access::first(&script) else {
                found.push(access::missing(index, statement));
                continue;
            };
            self.inner.batch_execute(script).await?;
            self.inner
                .batch_execute(&access::prepare(paths.table, statement))
                .await?;
            let plan = self.inner.simple_query(&access::explain(statement)).await?;
            self.inner.batch_execute(access::FORGET).await?;
            found.extend(access::finding(index, statement, &plan));
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
    async fn run(&self, statement: &Statement<'_>) -> Result<u64, Error> {
        self.sender().run(statement).await
    }

    async fn query_stream(
        &self,
        statement: &Statement<'_>,
    ) -> Result<RowStream<'static, Row, Error>, Error> {
        self.sender().stream(statement).await
    }
}

impl Session for Transaction<'_> {
    async fn run(&self, statement: &Statement<'_>) -> Result<u64, Error> {
        self.sender().run(statement).await
    }

    async fn query_stream(
        &self,
        statement: &Statement<'_>,
    ) -> Result<RowStream<'static, Row, Error>, Error> {
        self.sender().stream(statement).await
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
    fn sender(&self) -> Sender<'_> {
        Sender {
            client: &self.client,
            cache: &self.client.statement_cache,
            mode: &self.mode,
            in_transaction: false,
        }
    }
}

impl Transaction<'_> {
    fn sender(&self) -> Sender<'_> {
        Sender {
            client: self.inner.client(),
            cache: &self.inner.statement_cache,
            mode: &self.mode,
            in_transaction: true,
        }
    }
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
