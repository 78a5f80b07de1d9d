//! The sequences of a clone: what a suite does to them no rollback undoes.

use std::collections::BTreeMap;

use crate::database::{QueryError, Row, Session};
use crate::proofs::probes::SCHEMA;
use crate::sql::quote_ident;

/// What each sequence says: its last value, and whether that was given out.
type States = BTreeMap<u32, (i64, bool)>;

/// The sequences as they were when the clone was made. The probes' own count from nothing.
#[derive(Debug)]
pub struct Sequences {
    template: States,
}

impl Sequences {
    /// Looks at all of them, and prepares to look again: `pg_sequences` does not tell `setval(s, 1, false)` from `setval(s, 9, false)`,
    /// only the sequence itself does.
    pub fn look(keeper: &Session) -> Result<Self, QueryError> {
        let all = keeper.query(&format!(
            "select c.oid, n.nspname::text, c.relname::text from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
             where c.relkind = 'S' and n.nspname <> '{SCHEMA}'"
        ))?;
        let each = all.iter().map(|row| {
            let (oid, schema, name): (u32, &str, &str) = (row.get(0), row.get(1), row.get(2));
            let (schema, name) = (quote_ident(schema), quote_ident(name));
            format!(" union all select {oid}::oid, last_value, is_called from {schema}.{name}")
        });
        keeper.batch_execute(&format!(
            "prepare tablec_sequences as select 0::oid, 0::int8, false where false{};
             prepare tablec_counters as select * from (
               select oid, pg_sequence_last_value(oid) as value from pg_class
               where relkind = 'S' and relnamespace = to_regnamespace('{SCHEMA}') offset 0) as counter
             where value is not null",
            each.collect::<String>()
        ))?;
        let (template, _) = now(keeper)?;
        Ok(Self { template })
    }

    /// Sets all back to what they were; what the probes counted.
    pub fn set_back(&self, keeper: &Session) -> Result<BTreeMap<u32, i64>, QueryError> {
        let (states, counted) = now(keeper)?;
        let moved = self
            .template
            .iter()
            .filter(|(oid, state)| states.get(oid).is_some_and(|now| now != *state));
        let back: Vec<String> = moved
            .map(|(oid, state)| (oid, *state))
            .chain(counted.keys().map(|oid| (oid, (1, false))))
            .map(|(oid, (value, called))| format!("setval({oid}::regclass, {value}, {called})"))
            .collect();
        if !back.is_empty() {
            keeper.batch_execute(&format!("select {}", back.join(", ")))?;
        }
        Ok(counted)
    }
}

fn now(keeper: &Session) -> Result<(States, BTreeMap<u32, i64>), QueryError> {
    let answers = keeper.query_all(&["execute tablec_sequences", "execute tablec_counters"])?;
    let rows = |at: usize| answers.get(at).into_iter().flatten();
    let state = |row: &Row| (row.get(0), (row.get(1), row.get(2)));
    let counted = rows(1).map(|row| (row.get(0), row.get(1)));
    Ok((rows(0).map(state).collect(), counted.collect()))
}
