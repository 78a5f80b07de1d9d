use super::Qualified;
use crate::database::Row;
use crate::sql::{quote_ident, quote_literal};

/// An event trigger of the test database.
#[derive(Clone, Debug)]
pub struct EventTrigger {
    /// Its name.
    pub name: String,
    /// What it fires on: `ddl_command_start`, `ddl_command_end`, `sql_drop`, `table_rewrite`, `login`.
    pub event: String,
    /// The commands that it fires on; empty for all.
    pub tags: Vec<String>,
    /// Its function's oid.
    pub function_oid: u32,
    /// Its function.
    pub function: Qualified,
    /// The language of its function.
    pub language: String,
    /// `O`, `R`, `A` or `D` (`pg_event_trigger.evtenabled`).
    pub enabled: char,
    /// Its owner, as SQL writes it.
    pub owner: String,
    /// Its comment.
    pub comment: Option<String>,
}

impl EventTrigger {
    pub(super) fn from_row(row: &Row) -> Self {
        Self {
            name: row.get("evtname"),
            event: row.get("evtevent"),
            tags: row.get("tags"),
            function_oid: row.get("function_oid"),
            function: Qualified {
                schema: row.get("function_schema"),
                name: row.get("function_name"),
            },
            language: row.get("language"),
            enabled: row
                .get::<_, &str>("evtenabled")
                .chars()
                .next()
                .unwrap_or('O'),
            owner: row.get("owner"),
            comment: row.get("comment"),
        }
    }

    /// What its firings are counted by: its commands, or its event where it fires on all.
    pub fn occasions(&self) -> Vec<&str> {
        if self.tags.is_empty() {
            vec![&self.event]
        } else {
            self.tags.iter().map(String::as_str).collect()
        }
    }

    /// `create event trigger …` with these properties and this function, by any name.
    pub fn create(&self, name: &str, function: &str) -> String {
        let tags: Vec<String> = self.tags.iter().map(|tag| quote_literal(tag)).collect();
        let when = if tags.is_empty() {
            String::new()
        } else {
            format!(" when tag in ({})", tags.join(", "))
        };
        format!(
            "create event trigger {} on {}{when} execute function {function}()",
            quote_ident(name),
            self.event
        )
    }

    /// `create event trigger …`
    pub fn definition(&self) -> String {
        self.create(&self.name, &self.function.sql())
    }

    /// What undoes any change of it.
    pub fn restore(&self) -> String {
        let name = quote_ident(&self.name);
        let mut sql = format!(
            "drop event trigger if exists {name}; {}; alter event trigger {name} owner to {}",
            self.definition(),
            self.owner
        );
        let state = match self.enabled {
            'R' => "enable replica",
            'A' => "enable always",
            'D' => "disable",
            _ => "enable",
        };
        sql = format!("{sql}; alter event trigger {name} {state}");
        if let Some(comment) = &self.comment {
            sql = format!(
                "{sql}; comment on event trigger {name} is {}",
                quote_literal(comment)
            );
        }
        sql
    }
}
