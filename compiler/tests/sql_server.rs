//! `tablec::sql` against a real server: what is printed and named is what PostgreSQL prints and names.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use tablec::database::Session;
use tablec::sql::object_name::{
    IndexPurpose, choose_check_name, choose_foreign_key_name, choose_index_name,
    choose_sequence_name, index_column_names, multirange_name,
};
use tablec::sql::types::{BuiltinType, TypeCategory};
use tablec::sql::{
    RoutineSignature, TypeName, clip, column_refs, dollar_quote, expression_name,
    is_builtin_routine, quote_ident, quote_literal,
};
use tablec_testing::Database;

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// The same values in each run.
fn samples<S: Strategy>(strategy: &S, count: usize) -> Vec<S::Value> {
    let mut runner = TestRunner::deterministic();
    let trees = (0..count).map(|_| strategy.new_tree(&mut runner));
    trees.map(|tree| tree.expect("a value").current()).collect()
}

/// Characters that matter to quoting.
fn text(longest: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[a-z_]{1,8}",
        2 => "[A-Z0-9_$]{1,3}",
        2 => "['\"\\\\;$ \n().-]",
        1 => "[éßı日🦀]",
        1 => Just("select".to_owned()),
        1 => Just("$body$".to_owned()),
    ];
    vec(piece, 1..longest).prop_map(|pieces| pieces.concat())
}

/// A name of 1 to 63 bytes.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![text(4), text(40)].prop_map(|text| clip(&text, 63).to_owned())
}

fn column(session: &Session, sql: &str) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let rows = session.query(sql)?;
    Ok(rows.iter().map(|row| row.get::<_, String>(0)).collect())
}

/// What the server makes of each text; the texts themselves travel as hexadecimal digits.
fn by_server(session: &Session, expression: &str, texts: &[String]) -> Vec<String> {
    let digits = |b: u8| format!("{b:02x}");
    let hex = |text: &String| text.bytes().map(digits).collect::<Vec<_>>().concat();
    let values: Vec<_> = texts
        .iter()
        .map(|text| format!("('{}')", hex(text)))
        .collect();
    let sql = format!(
        "select {expression} from (select convert_from(decode(h, 'hex'), 'UTF8') as x, n
         from (select h, row_number() over () as n from (values {}) as v (h)) as w) as t order by n",
        values.join(",")
    );
    column(session, &sql).expect("an answer")
}

#[test]
fn identifiers_are_quoted_as_format_quotes_them() {
    let database = Database::new();
    let session = database.connect();
    let names = samples(&text(6), 4000);
    let quoted: Vec<_> = names
        .iter()
        .map(|name| quote_ident(name).into_owned())
        .collect();
    assert_eq!(quoted, by_server(&session, "format('%I', x)", &names));
}

#[test]
fn keywords_are_quoted_as_the_server_quotes_them() -> Outcome {
    let database = Database::new();
    let session = database.connect();
    let words = column(&session, "select word from pg_get_keywords() order by word")?;
    let newer = [
        "json",
        "json_array",
        "json_arrayagg",
        "json_exists",
        "json_object",
        "json_objectagg",
        "json_query",
        "json_scalar",
        "json_serialize",
        "json_table",
        "json_value",
        "merge_action",
        "system_user",
    ];
    let quoted = by_server(&session, "quote_ident(x)", &words);
    for (word, quoted) in words
        .iter()
        .zip(quoted)
        .filter(|(word, _)| !newer.contains(&word.as_str()))
    {
        assert_eq!(quote_ident(word), quoted);
    }
    assert!(newer.iter().all(|word| quote_ident(word).starts_with('"')));
    Ok(())
}

#[test]
fn constants_are_quoted_as_quote_literal_quotes_them() {
    let database = Database::new();
    let session = database.connect();
    let texts = samples(&text(12), 4000);
    let quoted: Vec<_> = texts.iter().map(|text| quote_literal(text)).collect();
    assert_eq!(quoted, by_server(&session, "quote_literal(x)", &texts));
}

#[test]
fn constants_read_back_as_what_they_were() -> Outcome {
    let database = Database::new();
    let session = database.connect();
    let texts = samples(&text(12), 2000);
    for quote in [quote_literal, dollar_quote] {
        let rows: Vec<_> = texts
            .iter()
            .map(|text| format!("({})", quote(text)))
            .collect();
        assert_eq!(
            column(&session, &format!("values {}", rows.join(",")))?,
            texts
        );
    }
    Ok(())
}

/// What is known of the names in one schema while unnamed objects are added to it.
#[derive(Default)]
struct Names {
    relations: BTreeSet<String>,
    constraints: BTreeSet<String>,
    script: String,
}

impl Names {
    fn run(&mut self, statement: &str) {
        self.script.push_str(statement);
        self.script.push_str(";\n");
    }

    fn relation_taken(&self) -> impl Fn(&str) -> bool {
        |name| self.relations.contains(name)
    }

    fn constraint_taken(&self) -> impl Fn(&str) -> bool {
        |name| self.constraints.contains(name)
    }

    fn either_taken(&self) -> impl Fn(&str) -> bool {
        |name| self.relations.contains(name) || self.constraints.contains(name)
    }

    fn add_table(&mut self, table: &str, columns: &[String]) {
        let (t, first) = (quote_ident(table), quote_ident(&columns[0]));
        self.relations.insert(table.to_owned());
        let sequence = choose_sequence_name(table, &columns[0], self.relation_taken());
        self.relations.insert(sequence);
        let rest: Vec<_> = columns[1..]
            .iter()
            .map(|c| format!(", {} int not null", quote_ident(c)))
            .collect();
        self.run(&format!(
            "create table {t} ({first} serial{})",
            rest.concat()
        ));
        self.add_keys(table, columns);
        self.add_indexes(table, columns);
        self.add_checks(table, columns);
    }

    fn add_keys(&mut self, table: &str, columns: &[String]) {
        let list: Vec<_> = columns.iter().map(|c| quote_ident(c)).collect();
        let (t, list) = (quote_ident(table), list.join(", "));
        for (purpose, what) in [
            (IndexPurpose::PrimaryKey, "primary key"),
            (IndexPurpose::Unique, "unique"),
        ] {
            let name = choose_index_name(table, columns, purpose, self.either_taken());
            self.relations.insert(name.clone());
            self.constraints.insert(name);
            self.run(&format!("alter table {t} add {what} ({list})"));
        }
        let excluded = &columns[..1];
        let name = choose_index_name(
            table,
            excluded,
            IndexPurpose::Exclusion,
            self.either_taken(),
        );
        self.relations.insert(name.clone());
        self.constraints.insert(name);
        self.run(&format!(
            "alter table {t} add exclude using btree ({} with =)",
            quote_ident(&excluded[0])
        ));
        let name = choose_foreign_key_name(table, columns, self.constraint_taken());
        self.constraints.insert(name);
        self.run(&format!(
            "alter table {t} add foreign key ({list}) references {t} ({list})"
        ));
    }

    fn add_indexes(&mut self, table: &str, columns: &[String]) {
        let (t, first) = (quote_ident(table), quote_ident(&columns[0]));
        for _ in 0..2 {
            let names = index_column_names([
                Some(columns[0].as_str()),
                None,
                Some("abs"),
                Some(columns[0].as_str()),
            ]);
            let name = choose_index_name(table, &names, IndexPurpose::Plain, self.relation_taken());
            self.relations.insert(name);
            self.run(&format!(
                "create index on {t} ({first}, (- {first}), abs({first})) include ({first})"
            ));
        }
    }

    fn add_checks(&mut self, table: &str, columns: &[String]) {
        let t = quote_ident(table);
        for column in columns {
            let name = choose_check_name(table, Some(column), self.constraint_taken());
            self.constraints.insert(name);
            self.run(&format!(
                "alter table {t} add check ({} > 0)",
                quote_ident(column)
            ));
        }
        let name = choose_check_name(table, None, self.constraint_taken());
        self.constraints.insert(name);
        self.run(&format!("alter table {t} add check (true)"));
    }
}

#[test]
fn unnamed_objects_are_named_as_the_server_names_them() -> Outcome {
    let database = Database::new();
    let mut names = Names::default();
    let tables = samples(&(name(), vec(name(), 1..6)), 250);
    let mut made = 0;
    for (table, columns) in tables {
        let mut columns: Vec<String> = columns;
        let mut seen = BTreeSet::new();
        columns.retain(|column| seen.insert(column.clone()) && !is_system_column(column));
        if columns.is_empty() || names.relations.contains(&table) {
            continue;
        }
        names.add_table(&table, &columns);
        made += 1;
    }
    assert!(made > 200, "{made}");
    database.run(&names.script);
    let session = database.connect();
    let relations = column(
        &session,
        "select relname::text from pg_class where relnamespace = 'public'::regnamespace",
    )?;
    let constraints = column(
        &session,
        "select conname::text from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'",
    )?;
    assert_eq!(relations.len(), names.relations.len());
    assert_eq!(BTreeSet::from_iter(relations), names.relations);
    assert_eq!(BTreeSet::from_iter(constraints), names.constraints);
    Ok(())
}

fn is_system_column(name: &str) -> bool {
    ["tableoid", "cmax", "xmax", "cmin", "xmin", "ctid"].contains(&name)
}

/// What can be indexed.
#[rustfmt::skip]
const EXPRESSIONS: &[&str] = &[
    "lower(b)", "a + 1", "b || 'x'", "(a)", "a::text", "b::int", "cast(a as text)", "coalesce(a, 1)",
    "nullif(a, 1)", "greatest(a, 2)", "least(a, 2)", "case when a > 1 then b end",
    "case when a > 1 then 'x' else b end", "case a when 1 then 2 else abs(a) end", "d ->> 'x'",
    "(d -> 'x')::text", "(d ->> 'x')::int", "e[1]", "e[1:2]", "date_trunc('day', c)", "c at time zone 'utc'",
    "extract(year from c)", "pg_catalog.lower(b)", "a is null", "a in (1, 2)", "not (a > 1)", "a = any(e)",
    "array[a, 1]", "b collate \"C\"", "lower(b) collate \"C\"", "substring(b from 1 for 2)",
    "substring(b, 1, 2)", "position('x' in b)", "trim(b)", "trim(leading 'x' from b)",
    "overlay(b placing 'x' from 1)", "\"G h\"", "upper(\"G h\")", "(t.a)", "abs(t.a)", "((lower(b)))", "- a",
    "a between 1 and 2", "b like 'x%'", "b is distinct from 'x'", "to_tsvector('english', b)",
    "to_tsvector('english'::regconfig, b)", "(a)::bigint", "a::numeric(10,2)", "c::date", "true", "'x'::text",
    "b::varchar(10)", "b::character varying", "e::bigint[]", "(f)[0]", "normalize(b)", "b is normalized",
    "a::double precision", "c::timestamp(3)", "b::\"char\"", "b::bit(3)",
    "xmlserialize(content null as text)", "xmlpi(name x)::text", "xmlforest(b)::text",
];

#[test]
fn expressions_are_named_as_the_server_names_them() -> Outcome {
    let database = Database::with(
        "create table t (a int, b text, c timestamp, d jsonb, e int[], f point, \"G h\" text)",
    );
    let session = database.connect();
    for expression in EXPRESSIONS {
        let name = expression_name(expression);
        let names = index_column_names([name.as_deref()]);
        let ours = choose_index_name("t", &names, IndexPurpose::Plain, |_| false);
        session.batch_execute(&format!("create index on t (({expression}))"))?;
        let found = column(
            &session,
            "select indexrelid::regclass::text from pg_index where indrelid = 't'::regclass",
        )?;
        assert_eq!([quote_ident(&ours)], found[..], "{expression}");
        session.batch_execute(&format!("drop index {}", found[0]))?;
    }
    Ok(())
}

#[test]
fn a_check_is_named_after_its_only_column() -> Outcome {
    for (check, columns) in [
        ("length(length) > 0", 1),
        ("a > 0 and a < 10", 1),
        ("a > 0 and t.a < 10", 1),
        ("a > b", 2),
        ("1 > 0", 0),
        ("coalesce(a, 1) in (1, 2)", 1),
        ("(p).x > 0", 1),
        ("length is not null", 1),
        ("case when a > 1 then true else false end", 1),
        ("a::text ~ '^b$'", 1),
    ] {
        let database = Database::with(&format!(
            "create type pair as (x int, y int);
             create table t (a int, b int, length text, p pair, check ({check}))"
        ));
        let session = database.connect();
        let known: BTreeSet<_> = column_refs(check)
            .into_iter()
            .map(|column| column.name)
            .collect();
        assert_eq!(known.len(), columns, "{check}");
        let only = known.first().filter(|_| known.len() == 1);
        let ours = choose_check_name("t", only.map(String::as_str), |_| false);
        assert_eq!(
            column(
                &session,
                "select conname::text from pg_constraint where contype = 'c' and conrelid <> 0"
            )?,
            [ours],
            "{check}"
        );
    }
    Ok(())
}

#[test]
fn multiranges_are_named_as_the_server_names_them() -> Outcome {
    let database = Database::new();
    let mut ranges = samples(&name(), 200);
    ranges.extend(["price_range", "rangerange", "arange_"].map(str::to_owned));
    // Where the server would cut a character in two, it does, and keeps what is no text.
    ranges
        .retain(|range| range.contains("range") || range.len() <= 52 || range.is_char_boundary(52));
    ranges.sort();
    ranges.dedup_by_key(|range| multirange_name(range));
    let names: BTreeSet<_> = ranges.iter().map(|range| multirange_name(range)).collect();
    ranges.retain(|range| !names.contains(range));
    for range in &ranges {
        database.run(&format!(
            "create type {} as range (subtype = int)",
            quote_ident(range)
        ));
    }
    let made = column(
        &database.connect(),
        "select typname::text from pg_type where typtype = 'm' and oid > 16384",
    )?;
    let ours: BTreeSet<_> = ranges.iter().map(|range| multirange_name(range)).collect();
    assert_eq!(BTreeSet::from_iter(made), ours);
    Ok(())
}

/// Types in every way that users write them.
#[rustfmt::skip]
const SPELLINGS: &[&str] = &[
        "int4",
        "int",
        "integer",
        "INTEGER",
        "bigint",
        "int8",
        "int2",
        "smallint",
        "float",
        "float8",
        "float4",
        "real",
        "float(1)",
        "float(24)",
        "float(25)",
        "float(53)",
        "double precision",
        "decimal",
        "dec(5)",
        "decimal(10,2)",
        "numeric",
        "numeric(3,-2)",
        "numeric(1000, 1000)",
        "boolean",
        "bool",
        "varchar",
        "varchar(200)",
        "character varying(200)",
        "char varying(3)",
        "char",
        "char(3)",
        "character(3)",
        "character",
        "bpchar",
        "bpchar(7)",
        "nchar(2)",
        "nchar varying(2)",
        "national character(4)",
        "national char varying(4)",
        "\"char\"",
        "text",
        "name",
        "timestamptz",
        "timestamptz(3)",
        "timestamp(3) with time zone",
        "timestamp with time zone",
        "timestamp",
        "timestamp(0)",
        "timestamp without time zone",
        "time",
        "time(6)",
        "timetz",
        "timetz(2)",
        "time(2) with time zone",
        "interval",
        "interval(3)",
        "interval year",
        "interval month",
        "interval day",
        "interval hour",
        "interval minute",
        "interval second",
        "interval second(3)",
        "interval year to month",
        "interval day to hour",
        "interval day to minute",
        "interval day to second",
        "interval day to second(3)",
        "interval hour to minute",
        "interval hour to second(0)",
        "interval minute to second",
        "bit",
        "bit(8)",
        "\"bit\"",
        "\"bit\"(4)",
        "bit varying",
        "bit varying(8)",
        "varbit(3)",
        "date",
        "uuid",
        "json",
        "jsonb",
        "bytea",
        "inet",
        "cidr",
        "macaddr",
        "macaddr8",
        "money",
        "xml",
        "point",
        "tsvector",
        "oid",
        "regclass",
        "int4range",
        "tstzmultirange",
        "text[]",
        "text[][]",
        "int[3]",
        "text array",
        "varchar(5) array[4]",
        "numeric(5,1)[]",
        "_int4",
        "_varchar",
        "timestamptz(3)[]",
        "interval day[]",
        "bit(3)[]",
        "pg_catalog.int4",
        "pg_catalog.bpchar",
        "pg_catalog.varchar(9)",
        "pg_catalog.\"char\"",
        "pg_catalog.bit(3)",
        "status",
        "public.status",
        "\"Weird Type\"",
        "other.status",
        "other.\"select\"[]",
        "status[]",
        "\"timestamptz\"(2)",
        "pg_catalog.numeric(8,2)[]",
        "public.int4",
    ];

#[test]
fn types_are_printed_as_format_type_prints_them() -> Outcome {
    let database = Database::with(
        "create schema other; create type status as enum ('a'); create type \"Weird Type\" as enum ();
         create domain other.status as int; create domain other.\"select\" as int; create domain public.int4 as text",
    );
    let parsed: Vec<_> = SPELLINGS
        .iter()
        .map(|text| {
            TypeName::parse(text)
                .unwrap_or_else(|e| panic!("{text}: {e}"))
                .relative_to("public")
        })
        .collect();
    let canonical: Vec<_> = parsed.iter().map(ToString::to_string).collect();
    let short: Vec<_> = parsed.iter().map(TypeName::short).collect();
    let written: Vec<_> = SPELLINGS.iter().map(ToString::to_string).collect();
    for forms in [&written, &canonical, &short] {
        assert_eq!(types_of_columns(&database, forms)?, canonical);
    }
    Ok(())
}

fn types_of_columns(
    database: &Database<'_>,
    types: &[String],
) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let columns: Vec<_> = types
        .iter()
        .enumerate()
        .map(|(n, text)| format!("c{n} {text}"))
        .collect();
    database.run(&format!(
        "drop table if exists t; create table t ({})",
        columns.join(", ")
    ));
    column(
        &database.connect(),
        "select format_type(atttypid, atttypmod) from pg_attribute where attrelid = 't'::regclass and attnum > 0 order by attnum",
    )
}

#[test]
fn every_built_in_type_is_known() -> Outcome {
    let database = Database::new();
    let session = database.connect();
    let rows = session.query(
        "select typname::text, typcategory::text, format_type(oid, -1),
            case when typarray <> 0 then format_type(typarray, -1) end
         from pg_type where typnamespace = 'pg_catalog'::regnamespace and typtype <> 'c' and typname !~ '^_'",
    )?;
    assert!(rows.len() > 80);
    for row in rows {
        let name: String = row.get(0);
        let builtin = BuiltinType::find(&name).ok_or_else(|| format!("{name} is unknown"))?;
        let letter = letter(builtin.category);
        // The vectors are arrays without being array types; `unknown` has a category of its own.
        let other = ["int2vector", "oidvector", "unknown"];
        assert!(
            letter == row.get::<_, String>(1) || other.contains(&name.as_str()),
            "{name}: {letter}"
        );
        let type_name = TypeName::named(None, &name);
        assert_eq!(type_name.to_string(), row.get::<_, String>(2));
        if let Some(array) = row.get::<_, Option<String>>(3) {
            assert_eq!(type_name.array_of().to_string(), array);
        }
    }
    Ok(())
}

/// `pg_type.typcategory`.
fn letter(category: TypeCategory) -> &'static str {
    match category {
        TypeCategory::Boolean => "B",
        TypeCategory::Numeric => "N",
        TypeCategory::String => "S",
        TypeCategory::DateTime => "D",
        TypeCategory::Timespan => "T",
        TypeCategory::NetworkAddress => "I",
        TypeCategory::Geometric => "G",
        TypeCategory::BitString => "V",
        TypeCategory::Range => "R",
        TypeCategory::UserDefined => "U",
        TypeCategory::Pseudo => "P",
        TypeCategory::Internal => "Z",
    }
}

#[test]
fn signatures_are_printed_as_regprocedure_prints_them() -> Outcome {
    let database = Database::with(
        "create schema other; create type other.\"T\" as enum ();
         create function \"Weird, (name\"(a varchar(3), b numeric(10,2)[], variadic c other.\"T\"[]) returns int language sql as 'select 1';
         create function plain() returns int language sql as 'select 1';
         create function types(char, \"char\", bit(3), interval day, timestamp(3) with time zone) returns int language sql as 'select 1'",
    );
    let session = database.connect();
    let signatures = column(
        &session,
        "select oid::regprocedure::text from pg_proc where pronamespace = 'public'::regnamespace",
    )?;
    assert_eq!(signatures.len(), 3);
    for signature in signatures {
        let read: RoutineSignature = signature.parse()?;
        let found = column(
            &session,
            &format!(
                "select {}::regprocedure::text",
                quote_literal(&read.to_string())
            ),
        )?;
        assert_eq!(found, [signature]);
    }
    Ok(())
}

#[test]
fn the_names_of_its_own_functions_are_known() -> Outcome {
    let database = Database::new();
    let session = database.connect();
    let own = "select distinct proname::text from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace and not (
            proname ~ '(_in|_out|send|recv|typmodin|typmodout)$'
            and pg_get_function_arguments(oid) ~ 'internal|cstring')";
    let names = column(&session, own)?;
    assert!(names.len() > 2000, "{}", names.len());
    let unknown: Vec<_> = names
        .iter()
        .filter(|name| !is_builtin_routine(name))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(!is_builtin_routine("touch_updated_at"));
    Ok(())
}
