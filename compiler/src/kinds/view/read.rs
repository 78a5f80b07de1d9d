//! Views and materialized views in TOML: `spec/views/<name>.toml`.

use super::materialized::MaterializedView;
use super::{View, ViewColumn};
use crate::catalog::{Id, Privileges, QName};
use crate::diagnostics::Diagnostic;
use crate::kinds::{Body, Kind, Options, Sql, rule, statistics, table, trigger};
use crate::spec::grammar::{Form, Keys, SqlForm, key};
use crate::spec::reader::Reader;
use crate::spec::value::{Name, Value};
use crate::spec::{common, privileges};

/// What a file in `spec/views/` is.
pub static VIEWS: &[(&str, &Keys)] = &[("materialized", &MATERIALIZED), ("", &VIEW)];

/// A view.
pub static VIEW: Keys = Keys {
    title: "view",
    doc: "One file in `spec/views/` for each. The query stands in a literal string (`'''…'''`) or in a file with the \
          same name and the extension `.sql` beside it.",
    keys: &[
        key(
            "query",
            Form::Sql(SqlForm::Query),
            "The query.",
            "\"select * from tasks\"",
        ),
        key(
            "columns",
            Form::Map(&Form::Object(&COLUMN)),
            "All columns, in order, where more than the query is to be said of one.",
            "{ id = {}, title = { comment = \"What to do.\" } }",
        ),
        key(
            "security_invoker",
            BOOLEAN,
            "The tables are read with the rights of the role that reads the view.",
            "true",
        )
        .since(15),
        key(
            "security_barrier",
            BOOLEAN,
            "Conditions from outside can't look at rows that the view hides.",
            "true",
        ),
        key(
            "check_option",
            Form::Choice(&["local", "cascaded"]),
            "Rows written through the view must be visible in it.",
            "\"cascaded\"",
        ),
        key(
            "triggers",
            Form::Map(&Form::Object(&trigger::read::TRIGGER)),
            "Triggers.",
            "{ snooze = { fires = \"instead of update\", for_each = \"row\", execute = \"snooze\" } }",
        ),
        key(
            "rules",
            Form::Map(&Form::Object(&rule::read::RULE)),
            "Rewrite rules.",
            "{ no_delete = { definition = \"create rule no_delete as on delete to tasks_view do instead nothing\" } }",
        ),
        key(
            "queries",
            Form::Map(&Form::Object(&table::read::QUERY)),
            "Queries that the repository offers.",
            "{ mine = { sql = \"select * from my_tasks where assignee = :who\", returns = \"many\" } }",
        ),
    ],
    shared: &[
        &common::COMMENT,
        &common::OWNER,
        &common::PRIVILEGES,
        &common::RENAMED,
    ],
    instead: &[
        ("sql", "write `query = '''…'''`"),
        ("definition", "write `query = '''…'''`"),
        ("indexes", "only a table or a materialized view has indexes"),
    ],
};

/// A materialized view.
pub static MATERIALIZED: Keys = Keys {
    title: "materialized view",
    doc: "A view with `materialized = true`: its rows are stored.",
    keys: &[
        crate::spec::grammar::required(
            "materialized",
            Form::Boolean,
            "What makes it a materialized view.",
            "true",
        ),
        key(
            "query",
            Form::Sql(SqlForm::Query),
            "The query.",
            "\"select status, count(*) from tasks group by status\"",
        ),
        key(
            "columns",
            Form::Map(&Form::Object(&COLUMN)),
            "All columns, in order, where more than the query is to be said of one.",
            "{ status = {}, count = { comment = \"How many.\" } }",
        ),
        key(
            "indexes",
            Form::Map(&Form::Object(&table::read::index::INDEX)),
            "Indexes.",
            "{ task_counts_key = { columns = [\"status\"], unique = true } }",
        ),
        key(
            "statistics",
            Form::Map(&Form::Object(&statistics::read::STATISTICS)),
            "Extended statistics.",
            "{ task_counts_stats = { keys = [\"status\", \"count\"] } }",
        ),
        key(
            "with_no_data",
            Form::Boolean,
            "`WITH NO DATA`: it is filled by the first refresh.",
            "true",
        ),
        key(
            "options",
            Form::SETTINGS,
            "Storage parameters.",
            "{ fillfactor = 70 }",
        ),
        key(
            "tablespace",
            Form::Name,
            "The tablespace, where it is not the database's.",
            "\"fast\"",
        ),
        key(
            "access_method",
            Form::Name,
            "The access method, where it is not `heap`.",
            "\"columnar\"",
        ),
        key(
            "clustered_on",
            Form::Name,
            "The index of `CLUSTER ON`.",
            "\"task_counts_key\"",
        ),
        key(
            "queries",
            Form::Map(&Form::Object(&table::read::QUERY)),
            "Queries that the repository offers.",
            "{ of = { sql = \"select * from task_counts where status = :status\", returns = \"optional\" } }",
        ),
    ],
    shared: &[
        &common::COMMENT,
        &common::OWNER,
        &common::PRIVILEGES,
        &common::RENAMED,
    ],
    instead: &[("sql", "write `query = '''…'''`")],
};

static COLUMN: Keys = Keys {
    title: "column of a view",
    doc: "",
    keys: &[
        key(
            "default",
            Form::EXPRESSION,
            "What an insert into the view takes, as an expression.",
            "\"now()\"",
        ),
        key(
            "statistics",
            Form::Integer,
            "For a materialized view: `SET STATISTICS`.",
            "500",
        ),
        key(
            "storage",
            Form::Choice(&["plain", "external", "extended", "main"]),
            "For a materialized view: `SET STORAGE`.",
            "\"external\"",
        ),
    ],
    shared: &[&common::COMMENT, &common::RENAMED],
    instead: &[("type", "the query gives the type")],
};

/// Reads a view's file.
pub fn read<'t>(reader: &mut Reader<'t>, name: &QName, value: Value<'t>) {
    let Some(query) = query(reader, name, value) else {
        return;
    };
    let materialized = value.flag("materialized");
    let kind = if materialized {
        Kind::MaterializedView
    } else {
        Kind::View
    };
    let id = Id::new(kind, &name.schema, &name.name);
    let columns = columns(reader, &id, value);
    let body: Body = if materialized {
        materialized_view(value, query, columns).into()
    } else {
        let options = options(value);
        View {
            query,
            columns,
            options,
        }
        .into()
    };
    let object = common::object(reader, value, body);
    reader.renamed(&id, None, value);
    reader.declare(id.clone(), value.file().whole(), value, object);
    table::read::queries(reader, &id, value);
    table::read::index::read(reader, name, value);
    statistics::read::read(reader, name, value);
    trigger::read::read(reader, name, value);
    rule::read::read(reader, name, value);
}

fn materialized_view(value: Value<'_>, query: Sql, columns: Vec<ViewColumn>) -> MaterializedView {
    MaterializedView {
        query,
        columns,
        options: value.settings("options"),
        tablespace: value.text("tablespace"),
        access_method: value.text("access_method"),
        with_no_data: value.flag("with_no_data"),
        clustered_on: value.text("clustered_on"),
    }
}

fn query(reader: &mut Reader<'_>, name: &QName, value: Value<'_>) -> Option<Sql> {
    let path = value.file().path.with_extension("sql");
    let text = match value.text("query") {
        Some(text) => text,
        None => {
            if let Some(file) = reader.text_file(&path) {
                file.text.clone()
            } else {
                let message = format!("view `{}` has no query", name.name);
                let found = Diagnostic::error("missing-body", value.place(), message);
                reader.report(found.help(format!(
                    "add `query = '''…'''`, or the file {}",
                    path.display()
                )));
                return None;
            }
        }
    };
    Some(Sql(text.trim().trim_end_matches(';').to_owned()))
}

/// PostgreSQL keeps the word: `on` stays `on`.
const BOOLEAN: Form = Form::Either(
    &Form::Boolean,
    &Form::Choice(&["on", "off", "yes", "no", "1", "0"]),
);

/// As `pg_class.reloptions` has them.
fn options(value: Value<'_>) -> Options {
    const OPTIONS: [&str; 3] = ["security_invoker", "security_barrier", "check_option"];
    value
        .entries()
        .filter(|(name, _)| OPTIONS.contains(&name.as_str()))
        .filter_map(|(name, said)| Some((name.to_string(), said.as_scalar()?)))
        .collect()
}

fn columns<'t>(reader: &mut Reader<'t>, id: &Id, value: Value<'t>) -> Vec<ViewColumn> {
    let entries: Vec<_> = value.entries_of("columns").collect();
    let mut columns: Vec<_> = entries
        .into_iter()
        .map(|(name, said)| column(reader, id, name, said))
        .collect();
    for (place, grant) in privileges::columns(reader, value) {
        let name = place.as_text().unwrap_or_default();
        if let Some(column) = columns.iter_mut().find(|column| column.name == name) {
            column.privileges.granted.insert(grant);
        } else {
            let message = format!("`[columns]` of {id} does not have `{name}`");
            let found = Diagnostic::error("unknown-column", place.place(), message);
            reader.report(found.help("list all columns of the view in `[columns]`"));
        }
    }
    columns
}

fn column(reader: &mut Reader<'_>, id: &Id, name: Name<'_>, said: Value<'_>) -> ViewColumn {
    reader.declare_part(id, name.as_str(), name.place());
    reader.renamed(id, Some(name.as_str()), said);
    ViewColumn {
        name: name.to_string(),
        data_type: None,
        default: said.text("default").map(Sql),
        statistics: said.integer("statistics"),
        storage: said.text("storage"),
        comment: said.text("comment"),
        privileges: Privileges::default(),
    }
}
