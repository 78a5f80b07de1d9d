use std::sync::Arc;

use deadpool_postgres::StatementCache;
use futures_util::TryStreamExt;
use postgres_types::Type;
use tokio_postgres::{Client, Row};

use crate::settings::ParameterTypes;
use crate::statement::{Param, Statement};
use crate::{Error, RowStream};

/// How statements are sent; for unnamed ones with what is known of their parameters.
#[derive(Clone)]
pub(super) enum Mode {
    Named,
    Unnamed(ParameterTypes),
}

/// Sends statements over a connection, which may be in a transaction.
pub(super) struct Sender<'a> {
    pub client: &'a Client,
    pub cache: &'a StatementCache,
    pub mode: &'a Mode,
    pub in_transaction: bool,
}

impl Sender<'_> {
    pub async fn run(&self, statement: &Statement<'_>) -> Result<u64, Error> {
        Ok(match self.mode {
            Mode::Named => {
                let prepared = self.prepare(statement).await?;
                self.client.execute(&prepared, &statement.params()).await?
            }
            Mode::Unnamed(known) => {
                let types = self.parameter_types(known, statement).await?;
                self.client
                    .execute_typed(&statement.sql, &typed(statement, &types))
                    .await?
            }
        })
    }

    pub async fn stream(
        &self,
        statement: &Statement<'_>,
    ) -> Result<RowStream<'static, Row, Error>, Error> {
        let rows = match self.mode {
            Mode::Named => {
                let prepared = self.prepare(statement).await?;
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

    async fn prepare(&self, statement: &Statement<'_>) -> Result<tokio_postgres::Statement, Error> {
        Ok(if statement.reusable {
            self.cache.prepare(self.client, &statement.sql).await?
        } else {
            self.client.prepare(&statement.sql).await?
        })
    }

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
        if !self.in_transaction {
            self.client.batch_execute("begin").await?;
        }
        let prepared = self.client.prepare(&statement.sql).await;
        // What was prepared is closed when it is dropped, which must be before the end of the transaction.
        let types = prepared.map(|prepared| prepared.params().to_vec());
        if !self.in_transaction {
            // After an error this rolls back.
            self.client.batch_execute("commit").await?;
        }
        Ok(known.insert(&statement.sql, &types?))
    }
}

fn typed<'a>(statement: &'a Statement<'_>, types: &[Type]) -> Vec<(Param<'a>, Type)> {
    let params = statement.params().into_iter();
    params.zip(types.iter().cloned()).collect()
}
