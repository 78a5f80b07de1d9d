use super::Qualified;
use crate::database::Row;
use crate::sql::quote_ident;

/// A row-level-security policy of the test database.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Its identity.
    pub oid: u32,
    /// Its table.
    pub table: Qualified,
    /// Its name.
    pub name: String,
    /// The command it is for, as `create policy` says it.
    pub command: &'static str,
    /// Permissive, not restrictive.
    pub permissive: bool,
    /// `using`.
    pub using: Option<String>,
    /// `with check`.
    pub check: Option<String>,
    /// Its roles, as SQL writes them.
    pub roles: String,
}

impl Policy {
    pub(super) fn from_row(row: &Row) -> Self {
        Self {
            oid: row.get("oid"),
            table: Qualified {
                schema: row.get("nspname"),
                name: row.get("relname"),
            },
            name: row.get("polname"),
            command: command(row.get("polcmd")),
            permissive: row.get("polpermissive"),
            using: row.get("using_expression"),
            check: row.get("check_expression"),
            roles: row.get("roles"),
        }
    }

    /// How people find it.
    pub fn label(&self) -> String {
        format!("{}.{}", self.table.short(), self.name)
    }

    /// `create policy …`
    pub fn definition(&self) -> String {
        let kind = if self.permissive {
            ""
        } else {
            " as restrictive"
        };
        let clause = |word: &str, expression: &Option<String>| {
            expression
                .as_ref()
                .map(|expression| format!(" {word} ({expression})"))
                .unwrap_or_default()
        };
        format!(
            "create policy {} on {}{kind} for {} to {}{}{}",
            quote_ident(&self.name),
            self.table.sql(),
            self.command,
            self.roles,
            clause("using", &self.using),
            clause("with check", &self.check)
        )
    }

    /// What undoes any change of it.
    pub fn restore(&self) -> String {
        format!(
            "drop policy if exists {} on {}; {}",
            quote_ident(&self.name),
            self.table.sql(),
            self.definition()
        )
    }
}

fn command(code: &str) -> &'static str {
    match code {
        "r" => "select",
        "a" => "insert",
        "w" => "update",
        "d" => "delete",
        _ => "all",
    }
}
