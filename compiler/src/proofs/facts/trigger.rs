use std::collections::BTreeSet;

use super::Qualified;
use crate::database::Row;
use crate::sql::quote_ident;

/// A trigger of the test database.
#[derive(Clone, Debug)]
pub struct Trigger {
    /// Its identity; clones of the database have the same.
    pub oid: u32,
    /// Its table or view.
    pub table: Qualified,
    /// Whether that is a view.
    pub on_view: bool,
    /// Its name.
    pub name: String,
    /// When it fires.
    pub timing: Timing,
    /// What it fires on.
    pub events: BTreeSet<Event>,
    /// `for each row`.
    pub for_each_row: bool,
    /// The columns of `update of`, quoted; empty for all.
    pub columns: Vec<String>,
    /// The condition, as PostgreSQL prints it, without its parentheses.
    pub when: Option<String>,
    /// The function with its arguments, as PostgreSQL prints it.
    pub call: String,
    /// Whether it is a constraint trigger.
    pub is_constraint: bool,
    /// `deferrable`.
    pub deferrable: bool,
    /// `initially deferred`.
    pub initially_deferred: bool,
    /// `referencing old table as`.
    pub old_table: Option<String>,
    /// `referencing new table as`.
    pub new_table: Option<String>,
    /// `from`, of a constraint trigger, quoted.
    pub from_table: Option<String>,
    /// `O`, `R`, `A` or `D` (`pg_trigger.tgenabled`).
    pub enabled: char,
    /// Its function's oid.
    pub function_oid: u32,
    /// Its function.
    pub function: Qualified,
    /// The language of its function.
    pub language: String,
    /// The body of its function.
    pub body: String,
    /// `create trigger …`, as PostgreSQL prints it.
    pub definition: String,
    /// `create function …`, as PostgreSQL prints it.
    pub function_definition: String,
    /// Its comment.
    pub comment: Option<String>,
}

/// Relative to the statement or row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "PostgreSQL's words")]
pub enum Timing {
    Before,
    After,
    InsteadOf,
}

/// What a trigger fires on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "PostgreSQL's words")]
pub enum Event {
    Insert,
    Update,
    Delete,
    Truncate,
}

impl Event {
    /// All of them, in PostgreSQL's order.
    pub const ALL: [Self; 4] = [Self::Insert, Self::Update, Self::Delete, Self::Truncate];

    /// The word of `create trigger`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Insert => "insert",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Truncate => "truncate",
        }
    }

    /// Its bit in `pg_trigger.tgtype` (`src/include/catalog/pg_trigger.h`).
    fn bit(self) -> i32 {
        match self {
            Self::Insert => 1 << 2,
            Self::Delete => 1 << 3,
            Self::Update => 1 << 4,
            Self::Truncate => 1 << 5,
        }
    }
}

impl Timing {
    /// The words of `create trigger`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
            Self::InsteadOf => "instead of",
        }
    }

    fn of(bits: i32) -> Self {
        match bits {
            _ if bits & (1 << 1) != 0 => Self::Before,
            _ if bits & (1 << 6) != 0 => Self::InsteadOf,
            _ => Self::After,
        }
    }
}

impl Trigger {
    pub(super) fn from_row(row: &Row) -> Self {
        let bits: i32 = row.get("tgtype");
        let definition: String = row.get("definition");
        let (when, call) = when_and_call(&definition);
        Self {
            oid: row.get("oid"),
            table: Qualified {
                schema: row.get("nspname"),
                name: row.get("relname"),
            },
            on_view: row.get("is_view"),
            name: row.get("tgname"),
            timing: Timing::of(bits),
            events: Event::ALL
                .into_iter()
                .filter(|event| bits & event.bit() != 0)
                .collect(),
            for_each_row: bits & 1 != 0,
            columns: row.get("columns"),
            when,
            call,
            is_constraint: row.get("is_constraint"),
            deferrable: row.get("tgdeferrable"),
            initially_deferred: row.get("tginitdeferred"),
            old_table: row.get("tgoldtable"),
            new_table: row.get("tgnewtable"),
            from_table: row.get("from_table"),
            enabled: row
                .get::<_, &str>("tgenabled")
                .chars()
                .next()
                .unwrap_or('O'),
            function_oid: row.get("function_oid"),
            function: Qualified {
                schema: row.get("function_schema"),
                name: row.get("function_name"),
            },
            language: row.get("language"),
            body: row.get("prosrc"),
            definition,
            function_definition: row.get("function_definition"),
            comment: row.get("comment"),
        }
    }

    /// How people find it: `tasks.tasks_touch`, with the schema where it is not `public`.
    pub fn label(&self) -> String {
        format!("{}.{}", self.table.short(), self.name)
    }

    /// `create trigger …` with these properties and this function, by any name.
    pub fn create(&self, name: &str, call: &str) -> String {
        let constraint = if self.is_constraint {
            "constraint "
        } else {
            ""
        };
        let events: Vec<String> = self.events.iter().map(|event| self.event(*event)).collect();
        let mut sql = format!(
            "create {constraint}trigger {} {} {} on {}",
            quote_ident(name),
            self.timing.words(),
            events.join(" or "),
            self.table.sql()
        );
        if let Some(table) = &self.from_table {
            sql += " from ";
            sql += table;
        }
        if self.is_constraint {
            sql += if self.deferrable {
                " deferrable"
            } else {
                " not deferrable"
            };
            sql += if self.initially_deferred {
                " initially deferred"
            } else {
                " initially immediate"
            };
        }
        sql += &self.referencing();
        sql += if self.for_each_row {
            " for each row"
        } else {
            " for each statement"
        };
        if let Some(when) = &self.when {
            sql = format!("{sql} when ({when})");
        }
        sql + " execute function " + call
    }

    /// What undoes any change of it: the trigger as it was.
    pub fn restore(&self) -> String {
        let (name, table) = (quote_ident(&self.name), self.table.sql());
        let mut sql = format!(
            "drop trigger if exists {name} on {table}; {}",
            self.definition
        );
        let state = match self.enabled {
            'R' => "enable replica trigger",
            'A' => "enable always trigger",
            'D' => "disable trigger",
            _ => "",
        };
        if !state.is_empty() {
            sql = format!("{sql}; alter table {table} {state} {name}");
        }
        if let Some(comment) = &self.comment {
            let comment = crate::sql::quote_literal(comment);
            sql = format!("{sql}; comment on trigger {name} on {table} is {comment}");
        }
        sql
    }

    fn event(&self, event: Event) -> String {
        match event {
            Event::Update if !self.columns.is_empty() => {
                format!("update of {}", self.columns.join(", "))
            }
            _ => event.word().to_owned(),
        }
    }

    fn referencing(&self) -> String {
        let name = |kind: &str, name: &Option<String>| {
            name.as_ref()
                .map(|name| format!(" {kind} table as {}", quote_ident(name)))
        };
        let names: String = [name("old", &self.old_table), name("new", &self.new_table)]
            .into_iter()
            .flatten()
            .collect();
        if names.is_empty() {
            names
        } else {
            format!(" referencing{names}")
        }
    }
}

/// Takes the condition and the call out of what `pg_get_triggerdef` prints: they cannot be read otherwise, because `pg_get_expr`
/// knows one relation and a condition has two.
fn when_and_call(definition: &str) -> (Option<String>, String) {
    const CALL: &str = " EXECUTE FUNCTION ";
    const WHEN: &str = " WHEN (";
    let outside = outside_quotes(definition);
    let find = |wanted: &str, from: usize| {
        outside
            .iter()
            .filter(|(at, depth)| *at >= from && *depth == 0)
            .map(|(at, _)| *at)
            .find(|at| definition[*at..].starts_with(wanted))
    };
    let Some(call) = find(CALL, 0) else {
        return (None, String::new());
    };
    let when = find(WHEN, 0)
        .filter(|when| *when < call)
        .map(|when| definition[when + WHEN.len()..call].trim_end());
    let when = when
        .and_then(|when| when.strip_suffix(')'))
        .map(str::to_owned);
    (when, definition[call + CALL.len()..].to_owned())
}

/// The places outside quotes, with the depth of parentheses there.
fn outside_quotes(text: &str) -> Vec<(usize, usize)> {
    let (mut places, mut depth, mut quote) = (Vec::new(), 0_usize, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, _) => {
                places.push((at, depth));
                match c {
                    '(' => depth += 1,
                    ')' => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::when_and_call;

    #[test]
    fn takes_the_condition_out() {
        let definition = "CREATE TRIGGER \" WHEN (\" BEFORE UPDATE ON public.t FOR EACH ROW WHEN ((old.a <> ' EXECUTE FUNCTION '::text)) EXECUTE FUNCTION f(' EXECUTE FUNCTION ', 'it''s')";
        let (when, call) = when_and_call(definition);
        assert_eq!(
            when.as_deref(),
            Some("(old.a <> ' EXECUTE FUNCTION '::text)")
        );
        assert_eq!(call, "f(' EXECUTE FUNCTION ', 'it''s')");
        let (when, call) = when_and_call(
            "CREATE TRIGGER a AFTER DELETE ON t FOR EACH STATEMENT EXECUTE FUNCTION g()",
        );
        assert_eq!((when, call.as_str()), (None, "g()"));
    }
}
