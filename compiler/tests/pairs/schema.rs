use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// A schema: what it holds, in terms that are valid whatever the numbers are. References are numbers, taken modulo what there is.
#[derive(Clone, Debug)]
pub struct Schema {
    enums: Vec<Option<Vec<u8>>>,
    domain: Option<(u8, bool, Option<u8>)>,
    composite: Option<Vec<u8>>,
    sequence: Option<(i8, bool)>,
    functions: Vec<Option<Function>>,
    tables: Vec<Option<Table>>,
    views: Vec<Option<View>>,
    materialized: Option<u8>,
    grants: Vec<(u8, u8)>,
}

#[derive(Clone, Debug)]
struct Function {
    returns: u8,
    body: u8,
    volatility: u8,
    argument_default: bool,
}

#[derive(Clone, Debug)]
struct Table {
    columns: Vec<Option<Column>>,
    key: u8,
    unique: Option<u8>,
    check: Option<u8>,
    foreign_key: Option<(u8, u8)>,
    index: Option<(u8, u8)>,
    trigger: Option<(u8, u8)>,
    policy: Option<(u8, u8)>,
    comment: Option<u8>,
    partitions: u8,
    rows: u8,
}

#[derive(Clone, Debug)]
struct Column {
    kind: u8,
    nullable: bool,
    default: bool,
    comment: Option<u8>,
    generated: bool,
}

#[derive(Clone, Debug)]
struct View {
    table: u8,
    columns: u8,
    stacked: bool,
    comment: bool,
    option: bool,
}

const COLUMNS: [&str; 5] = ["a", "b", "c", "d", "e"];

impl Schema {
    /// Any schema.
    pub fn any() -> impl Strategy<Value = Self> {
        let types = (
            vec(option::weighted(0.6, vec(0..6_u8, 1..4)), 2),
            option::of((0..3_u8, any::<bool>(), option::of(0..3_u8))),
            option::of(vec(0..4_u8, 1..3)),
            option::of((1..4_i8, any::<bool>())),
        );
        let relations = (
            vec(option::of(function()), 2),
            vec(option::weighted(0.8, table()), 3),
            vec(option::of(view()), 3),
            option::of(0..3_u8),
            vec((0..3_u8, 0..4_u8), 0..3),
        );
        (types, relations).prop_map(
            |(
                (enums, domain, composite, sequence),
                (functions, tables, views, materialized, grants),
            )| Self {
                enums,
                domain,
                composite,
                sequence,
                functions,
                tables,
                views,
                materialized,
                grants,
            },
        )
    }

    /// The same with rows only where the new schema can hold them.
    #[must_use]
    pub fn with_rows_for(&self, new: &Self) -> Self {
        let mut this = self.clone();
        let same_types =
            self.enums == new.enums && self.domain == new.domain && self.composite == new.composite;
        for (old, new) in this.tables.iter_mut().zip(&new.tables) {
            let Some(old) = old else { continue };
            let fits = new.as_ref().is_some_and(|new| old.rows_fit(new));
            if !same_types || !fits {
                old.rows = 0;
            }
        }
        this
    }

    /// The same without rows.
    #[must_use]
    pub fn without_rows(&self) -> Self {
        let mut this = self.clone();
        this.tables
            .iter_mut()
            .flatten()
            .for_each(|table| table.rows = 0);
        this
    }

    /// The statements that build it, in a schema of that name.
    pub fn sql(&self, schema: &str) -> String {
        let mut out = format!("create schema {schema};\nset search_path to {schema};\n");
        self.types(&mut out);
        for (at, function) in self.functions.iter().enumerate() {
            if let Some(function) = function {
                function.sql(at, &mut out);
            }
        }
        for (at, table) in self.tables.iter().enumerate() {
            if let Some(table) = table {
                table.sql(at, self, &mut out);
            }
        }
        for (at, table) in self.tables.iter().enumerate() {
            if let Some(table) = table {
                table.foreign_key(at, self, &mut out);
            }
        }
        for (at, view) in self.views.iter().enumerate() {
            if let Some(view) = view {
                view.sql(at, self, &mut out);
            }
        }
        self.rest(&mut out);
        out + "reset search_path;\n"
    }

    fn types(&self, out: &mut String) {
        for (at, labels) in self.enums.iter().enumerate() {
            let Some(labels) = labels else { continue };
            let mut seen: Vec<&u8> = Vec::new();
            for label in labels {
                if !seen.contains(&label) {
                    seen.push(label);
                }
            }
            let labels: Vec<String> = seen.iter().map(|label| format!("'l{label}'")).collect();
            out.extend([format!(
                "create type e{at} as enum ({});\n",
                labels.join(", ")
            )]);
        }
        if let Some((base, not_null, check)) = &self.domain {
            let base = ["integer", "bigint", "numeric"][usize::from(*base)];
            out.extend([format!("create domain dom as {base}")]);
            *out += if *not_null { " default 3 not null" } else { "" };
            out.extend([check.map_or(String::new(), |least| {
                format!(" constraint dom_check check (value > {least})")
            })]);
            *out += ";\n";
        }
        if let Some(types) = &self.composite {
            let attributes: Vec<String> = types
                .iter()
                .enumerate()
                .map(|(at, kind)| format!("x{at} {}", plain_type(*kind)))
                .collect();
            out.extend([format!(
                "create type comp as ({});\n",
                attributes.join(", ")
            )]);
        }
        if let Some((step, cycle)) = self.sequence {
            out.extend([format!(
                "create sequence seq increment by {step} {};\n",
                if cycle { "cycle" } else { "no cycle" }
            )]);
        }
    }

    fn rest(&self, out: &mut String) {
        let tables: Vec<usize> = self.live_tables();
        if let (Some(pick), false) = (self.materialized, tables.is_empty()) {
            let table = tables[usize::from(pick) % tables.len()];
            out.extend([format!(
                "create materialized view mat as select a, count(*) as n from t{table} group by a;\n"
            )]);
            *out += "create unique index mat_idx on mat (a);\ncomment on materialized view mat is 'counted';\n";
        }
        for (table, privilege) in &self.grants {
            if let Some(table) = tables.get(usize::from(*table)) {
                let privilege =
                    ["select", "insert", "update (a)", "delete"][usize::from(*privilege)];
                out.extend([format!("grant {privilege} on t{table} to public;\n")]);
            }
        }
    }

    fn live_tables(&self) -> Vec<usize> {
        (0..self.tables.len())
            .filter(|at| self.tables[*at].is_some())
            .collect()
    }
}

fn function() -> impl Strategy<Value = Function> {
    (0..3_u8, 0..3_u8, 0..3_u8, any::<bool>()).prop_map(
        |(returns, body, volatility, argument_default)| Function {
            returns,
            body,
            volatility,
            argument_default,
        },
    )
}

fn table() -> impl Strategy<Value = Table> {
    let keys = (
        0..3_u8,
        option::of(0..2_u8),
        option::of(0..4_u8),
        option::of((0..3_u8, 0..4_u8)),
    );
    let rest = (
        option::of((0..4_u8, 0..5_u8)),
        option::weighted(0.3, (0..4_u8, 0..3_u8)),
        option::weighted(0.3, (0..2_u8, 0..3_u8)),
        option::weighted(0.3, 0..3_u8),
        prop_oneof![8 => Just(0_u8), 1 => 1..4_u8],
        0..3_u8,
    );
    (vec(option::weighted(0.7, column()), 4), keys, rest).prop_map(
        |(
            columns,
            (key, unique, check, foreign_key),
            (index, trigger, policy, comment, partitions, rows),
        )| Table {
            columns,
            key,
            unique,
            check,
            foreign_key,
            index,
            trigger,
            policy,
            comment,
            partitions,
            rows,
        },
    )
}

fn column() -> impl Strategy<Value = Column> {
    (
        0..12_u8,
        any::<bool>(),
        any::<bool>(),
        option::weighted(0.2, 0..3_u8),
        proptest::bool::weighted(0.15),
    )
        .prop_map(|(kind, nullable, default, comment, generated)| Column {
            kind,
            nullable,
            default,
            comment,
            generated,
        })
}

fn view() -> impl Strategy<Value = View> {
    (
        0..3_u8,
        0..4_u8,
        proptest::bool::weighted(0.3),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(table, columns, stacked, comment, option)| View {
            table,
            columns,
            stacked,
            comment,
            option,
        })
}

fn plain_type(kind: u8) -> &'static str {
    ["integer", "text", "timestamptz", "numeric(8,2)"][usize::from(kind) % 4]
}

impl Function {
    fn sql(&self, at: usize, out: &mut String) {
        let returns = ["integer", "text", "boolean"][usize::from(self.returns)];
        let volatility = ["volatile", "stable", "immutable"][usize::from(self.volatility)];
        let default = if self.argument_default {
            " default 0"
        } else {
            ""
        };
        let value = ["1", "0", "n"][usize::from(self.body)];
        out.extend([format!(
            "create function f{at}(n integer{default}) returns {returns} language sql {volatility} as $$ select ({value})::{returns} $$;\n"
        )]);
    }
}

impl Column {
    /// The type and a default that fits, with what there is of the schema's own types.
    fn kind(&self, schema: &Schema) -> (String, &'static str) {
        let own = |there: bool, name: &str, default| {
            if there {
                (name.to_owned(), default)
            } else {
                ("text".to_owned(), "'none'")
            }
        };
        match self.kind {
            0 => ("integer".to_owned(), "7"),
            1 => ("bigint".to_owned(), "nextval_or_eight"),
            2 => ("text".to_owned(), "'some'"),
            3 => ("varchar(20)".to_owned(), "'short'"),
            4 => ("timestamptz".to_owned(), "now()"),
            5 => ("jsonb".to_owned(), "'{}'"),
            6 => ("integer[]".to_owned(), "'{}'"),
            7 => own(schema.enums[0].is_some(), "e0", "first_label"),
            8 => own(schema.enums[1].is_some(), "e1", "first_label"),
            9 => own(schema.domain.is_some(), "dom", "5"),
            10 => own(schema.composite.is_some(), "comp", "null"),
            _ => ("uuid".to_owned(), "gen_random_uuid()"),
        }
    }

    fn sql(&self, name: &str, schema: &Schema) -> String {
        let (kind, default) = self.kind(schema);
        let default = match default {
            "nextval_or_eight" if schema.sequence.is_some() => "nextval('seq')".to_owned(),
            "nextval_or_eight" => "8".to_owned(),
            "first_label" => {
                let at = usize::from(kind == "e1");
                let label = schema.enums[at]
                    .as_ref()
                    .and_then(|labels| labels.first())
                    .copied()
                    .unwrap_or_default();
                format!("'l{label}'")
            }
            other => other.to_owned(),
        };
        if self.generated && kind == "integer" {
            return format!("{name} integer generated always as (a * 2) stored");
        }
        let not_null = if self.nullable || kind == "comp" {
            ""
        } else {
            " not null"
        };
        let default = if self.default || !not_null.is_empty() {
            format!(" default {default}")
        } else {
            String::new()
        };
        format!("{name} {kind}{default}{not_null}")
    }
}

impl Table {
    fn rows_fit(&self, new: &Self) -> bool {
        let fits = |(old, new): (&Option<Column>, &Option<Column>)| match (old, new) {
            (Some(old), Some(new)) => {
                old.kind == new.kind && (new.nullable || !old.nullable || old.default)
            }
            _ => true,
        };
        self.foreign_key.is_none()
            && new.foreign_key.is_none()
            && self.columns.iter().zip(&new.columns).all(fits)
    }

    fn is_partitioned(&self) -> bool {
        self.partitions > 0
    }

    fn columns(&self) -> impl Iterator<Item = (&'static str, &Column)> {
        let named = self.columns.iter().zip(&COLUMNS[1..]);
        named.filter_map(|(column, name)| Some((*name, column.as_ref()?)))
    }

    /// Column `a` is there always: the key, if there is one.
    fn sql(&self, at: usize, schema: &Schema, out: &mut String) {
        let identity = match self.key {
            1 if !self.is_partitioned() => " generated by default as identity",
            2 if !self.is_partitioned() => " default 1",
            _ => "",
        };
        let mut lines = vec![format!("a integer{identity} not null")];
        lines.extend(
            self.columns()
                .map(|(name, column)| column.sql(name, schema)),
        );
        if self.key < 2 {
            lines.push(format!("constraint t{at}_pkey primary key (a)"));
        }
        lines.extend(self.unique.map(|which| match which {
            0 => {
                format!("constraint t{at}_a_key unique (a) include (a)").replace(" include (a)", "")
            }
            _ => format!("constraint t{at}_a_key unique (a) deferrable"),
        }));
        let check = |which| {
            [
                "a > 0",
                "a > 1 or a < 0",
                "a is not null",
                "a in (1, 2, 3, 4)",
            ][usize::from(which)]
        };
        lines.extend(
            self.check
                .map(|which| format!("constraint t{at}_check check ({})", check(which))),
        );
        let partitioned = if self.is_partitioned() {
            " partition by range (a)"
        } else {
            ""
        };
        out.extend([format!(
            "create table t{at} (\n  {}\n){partitioned};\n",
            lines.join(",\n  ")
        )]);
        for part in 0..self.partitions {
            let (low, high) = (u32::from(part) * 10, u32::from(part) * 10 + 10);
            out.extend([format!(
                "create table t{at}_{part} partition of t{at} for values from ({low}) to ({high});\n"
            )]);
        }
        self.parts(at, schema, out);
        for row in 0..self
            .rows
            .min(self.partitions * 9 + if self.is_partitioned() { 0 } else { 9 })
        {
            out.extend([format!("insert into t{at} (a) values ({});\n", row + 2)]);
        }
    }

    fn parts(&self, at: usize, schema: &Schema, out: &mut String) {
        if let Some((kind, column)) = self.index {
            let column = self
                .columns()
                .nth(usize::from(column))
                .map_or("a", |(name, _)| name);
            let column = if column == "a" || !self.is_comparable(column, schema) {
                "a"
            } else {
                column
            };
            out.extend([match kind {
                0 => format!("create index t{at}_idx on t{at} ({column});\n"),
                1 => format!("create index t{at}_idx on t{at} ({column} desc) where a > 2;\n"),
                2 => format!("create index t{at}_idx on t{at} ((a + 1), {column});\n"),
                _ => {
                    format!("create index t{at}_idx on t{at} ({column}) with (fillfactor = 80);\n")
                }
            }]);
        }
        if let Some((event, when)) = self.trigger {
            *out += "create or replace function touched() returns trigger language plpgsql as $$ begin return new; end $$;\n";
            let column = self.columns().next().map_or("a", |(name, _)| name);
            let event = ["insert", "update", &format!("update of {column}"), "delete"]
                [usize::from(event)]
            .to_owned();
            let when = match when {
                1 if event != "delete" => "when (new.a > 1) ",
                _ => "",
            };
            let timing = if when.is_empty() { "before" } else { "after" };
            out.extend([format!(
                "create trigger touch {timing} {event} on t{at} for each row {when}execute function touched();\n"
            )]);
        }
        if let Some((command, using)) = self.policy {
            let command = ["all", "select"][usize::from(command)];
            let using = ["true", "a > 0", "a = 1"][usize::from(using)];
            out.extend([format!(
                "alter table t{at} enable row level security;\ncreate policy seen on t{at} for {command} using ({using});\n"
            )]);
        }
        if let Some(text) = self.comment {
            out.extend([format!("comment on table t{at} is 'text {text}';\n")]);
        }
        for (name, column) in self.columns() {
            if let Some(text) = column.comment {
                out.extend([format!(
                    "comment on column t{at}.{name} is 'text {text}';\n"
                )]);
            }
        }
    }

    fn is_comparable(&self, name: &str, schema: &Schema) -> bool {
        self.columns()
            .any(|(other, column)| other == name && column.kind(schema).0 != "comp")
    }

    fn foreign_key(&self, at: usize, schema: &Schema, out: &mut String) {
        let Some((target, action)) = self.foreign_key else {
            return;
        };
        let target = usize::from(target);
        let has_key = schema
            .tables
            .get(target)
            .and_then(Option::as_ref)
            .is_some_and(|table| table.key < 2);
        if has_key {
            let action = [
                "",
                " on delete cascade",
                " on update cascade",
                " deferrable initially deferred",
            ][usize::from(action)];
            out.extend([format!(
                "alter table t{at} add constraint t{at}_a_fkey foreign key (a) references t{target} (a){action};\n"
            )]);
        }
    }
}

impl View {
    fn sql(&self, at: usize, schema: &Schema, out: &mut String) {
        let tables = schema.live_tables();
        let Some(&table) = tables.get(usize::from(self.table) % tables.len().max(1)) else {
            return;
        };
        let over = if self.stacked && at > 0 && schema.views[at - 1].is_some() {
            return out.extend([format!(
                "create view v{at} as select a + 1 as a from v{};\n",
                at - 1
            )]);
        } else {
            table
        };
        let names = schema.tables[over]
            .as_ref()
            .map(|table| table.columns().map(|(name, _)| name).collect::<Vec<_>>());
        let wanted = names
            .unwrap_or_default()
            .into_iter()
            .take(usize::from(self.columns));
        let columns: Vec<&str> = std::iter::once("a").chain(wanted).collect();
        let option = if self.option {
            " with (security_barrier = true)"
        } else {
            ""
        };
        out.extend([format!(
            "create view v{at}{option} as select {} from t{over};\n",
            columns.join(", ")
        )]);
        if self.comment {
            out.extend([format!(
                "comment on view v{at} is 'seen';\ngrant select on v{at} to public;\n"
            )]);
        }
    }
}
