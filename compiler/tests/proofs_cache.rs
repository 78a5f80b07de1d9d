//! Which verdicts hold: those whose trigger, suites, and all that they can reach are as they were.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use tablec::proofs::{
    Cache, Examination, Level, Progress, Reasons, Script, Server, Stage, examine,
};

const SCHEMA: &str = "
create table log (what text not null);
create table other (id int);
create table parent (id int primary key);
create table t (id int primary key, parent_id int references parent on delete cascade, name text not null);
create function touch() returns trigger language plpgsql as $$
begin
  insert into log values (new.name);
  return null;
end $$;
create trigger t_touch after insert on t for each row execute function touch();
create function assembled() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger other_seen before insert on other for each row execute function assembled();
";

const SUITE: &str = "
begin;
\\ir _rows.sql
select plan(1);
select is(count(*), 1::bigint, 't_touch') from log;
select * from finish();
rollback;
";
const ROWS: &str = "insert into parent values (1); insert into t values (1, 1, 'a');";

/// Mutants tried, by label, and what is known then.
fn tried(schema: &str, suite: &str, rows: &str, kept: &Cache) -> (BTreeMap<String, usize>, Cache) {
    let script = |path: &str, text: &str| Script {
        path: path.into(),
        text: text.to_owned(),
    };
    let server = Server::Given(tablec_testing::cluster().url("postgres"));
    let stage = Stage::build(server, &[script("schema.sql", schema)]).expect("the schema builds");
    let heard: Mutex<(bool, BTreeMap<String, usize>)> = Mutex::default();
    let evidence = examine(
        &stage,
        &[script("pgtap/t.sql", suite)],
        Examination {
            level: Level::Proved,
            jobs: 2,
            files: &|path| {
                assert_eq!(path, Path::new("pgtap/_rows.sql"));
                Ok(rows.to_owned())
            },
            deadline: None,
            cache: kept,
            reasons: &Reasons::new(),
            heard: &|progress| {
                let mut heard = heard.lock().expect("nobody panics");
                match progress {
                    Progress::Begin(what, _) => heard.0 = what == "mutants",
                    Progress::Done(label) if heard.0 => {
                        *heard.1.entry(label.to_owned()).or_default() += 1;
                    }
                    Progress::Done(_) => {}
                }
            },
        },
    )
    .expect("the examination ends");
    assert!(evidence.runs[0].passed(), "{:#?}", evidence.runs[0].played);
    (heard.into_inner().expect("nobody panics").1, evidence.cache)
}

fn known() -> Cache {
    let (first, cache) = tried(SCHEMA, SUITE, ROWS, &Cache::default());
    assert!(first.contains_key("t.t_touch"), "{first:?}");
    cache
}

#[test]
fn what_cannot_be_reached_does_not_matter() {
    let cache = known();
    for change in [
        "",
        "create table fresh (fresh_id int primary key); create index on fresh (fresh_id);",
        "alter table other add column more text; insert into other values (1);",
        "create function unrelated() returns int language sql as 'select 1'; create type mood as enum ('good');",
        "create view others as select id from other;",
        "create or replace function assembled() returns trigger language plpgsql as $$ begin execute 'select 1'; return new; end $$;",
    ] {
        let (again, _) = tried(&format!("{SCHEMA}{change}"), SUITE, ROWS, &cache);
        assert!(again.is_empty(), "{change}: {again:?}");
    }
}

#[test]
fn what_can_be_reached_is_tried_again() {
    let cache = known();
    for change in [
        "create or replace function touch() returns trigger language plpgsql as $$ begin insert into log values ('x'); return null; end $$;",
        "drop trigger t_touch on t; create trigger t_touch after insert or update on t for each row execute function touch();",
        // What its function writes, and what happens there.
        "alter table log add column at timestamptz default now();",
        "alter table log add check (length(what) > 0);",
        "create trigger log_seen before insert on log for each row execute function assembled();",
        // What the included file writes.
        "alter table parent add column name text;",
        "create rule parent_rule as on delete to parent do also delete from log;",
        // Rows that are there.
        "insert into parent values (7);",
        // What stands on it.
        "create table child (t_id int references t);",
        "create view names as select name from t;",
        "alter table t enable row level security; create policy p on t using (true);",
        "grant select on log to public;",
        // What everything may depend on.
        "create function touch(int) returns int language sql as 'select 1';",
        "create cast (int as boolean) with function pg_catalog.bool(int) as implicit;",
        "create schema elsewhere;",
    ] {
        let change = change.replace(
            "create cast (int as boolean) with function pg_catalog.bool(int) as implicit;",
            "create type pair as (a int, b int); create cast (text as pair) with inout;",
        );
        let (again, _) = tried(&format!("{SCHEMA}{change}"), SUITE, ROWS, &cache);
        assert!(again.contains_key("t.t_touch"), "{change}: {again:?}");
    }
}

#[test]
fn a_suite_and_what_it_includes_are_read_to_the_letter() {
    let cache = known();
    let (again, _) = tried(SCHEMA, &format!("{SUITE}-- more\n"), ROWS, &cache);
    assert!(again.contains_key("t.t_touch"), "{again:?}");
    let (again, _) = tried(SCHEMA, SUITE, &format!("{ROWS} -- more"), &cache);
    assert!(again.contains_key("t.t_touch"), "{again:?}");
}

/// A name that stands nowhere is seen in use; who asks for all there is depends on all there is.
#[test]
fn suites_that_look_further_reach_more() {
    let assembled = SUITE.replace(
        "select plan(1);",
        "do $$ begin execute format('insert into %I values (1)', 'ot' || 'her'); end $$;\nselect plan(1);",
    );
    let curious = SUITE.replace(
        "select plan(1);",
        "select plan(1); \\echo # :x\nselect count(*) > 0 as x from pg_class \\gset",
    );
    let change = "alter table other add column more text;";
    for suite in [&assembled, &curious] {
        let (_, cache) = tried(SCHEMA, suite, ROWS, &Cache::default());
        let (again, _) = tried(SCHEMA, suite, ROWS, &cache);
        assert!(again.is_empty(), "{again:?}");
        let (again, _) = tried(&format!("{SCHEMA}{change}"), suite, ROWS, &cache);
        assert!(again.contains_key("t.t_touch"), "{suite}: {again:?}");
    }
}
