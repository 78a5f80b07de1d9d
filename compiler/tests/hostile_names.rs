//! Names and texts that try to break out: objects of every kind called so are built on a server, read, and built again by
//! the templates; `pg_dump -s` is the same, and the table that they try to drop is still there.

use tablec::catalog::Catalog;
use tablec::plan;
use tablec::sql::{quote_ident, quote_literal};
use tablec::templates::Templates;
use tablec_testing::{Database, apply, read};

const NAMES: &[&str] = &[
    "a\"; drop table x; --",
    "select",
    "naïve",
    "with space",
    "Upper",
    "it's",
    "back\\slash",
    "new\nline",
    "$$",
    "/* comment",
    "{{ name }}",
    "a.b",
    "63 bytes 63 bytes 63 bytes 63 bytes 63 bytes 63 bytes 63 bytes!",
];

/// One object of each kind that has a name or holds a text.
fn objects(name: &str) -> String {
    let (n, l) = (quote_ident(name), quote_literal(name));
    format!(
        "create schema {n};
         comment on schema {n} is {l};
         create type {n}.{n} as enum ({l}, 'plain');
         comment on type {n}.{n} is {l};
         create domain {n}.d as text default {l} constraint {n} check (value <> {l});
         create type {n}.c as ({n} text);
         create sequence {n}.s;
         create function {n}.{n}({n} text default {l}) returns text language plpgsql as {l};
         comment on function {n}.{n}(text) is {l};
         create function {n}.touch() returns trigger language plpgsql as 'begin return new; end';
         create table {n}.t (
             {n} {n}.{n} default {l} not null,
             other text default {l},
             constraint {n} primary key ({n}),
             constraint c check (other <> {l} and {n} <> {l})
         );
         comment on column {n}.t.{n} is {l};
         create table {n}.child ({n} {n}.{n} references {n}.t);
         create index i on {n}.t ({n}, lower(other)) where {n} = {l};
         comment on index {n}.i is {l};
         create trigger {n} before update of {n} on {n}.t for each row when (new.other = {l}) execute function {n}.touch({l});
         alter table {n}.t enable row level security;
         create policy {n} on {n}.t to public using (other = {l});
         create statistics {n}.st on {n}, other from {n}.t;
         create view {n}.v as select {n}, other as \"o\"\"o\" from {n}.t where other = {l};
         comment on view {n}.v is {l};
         create materialized view {n}.m as select {n} from {n}.t with no data;
         create unique index mi on {n}.m ({n});
         grant select ({n}) on {n}.t to public;
         "
    )
}

#[test]
fn hostile_names_stay_names() {
    let script: String = NAMES.iter().map(|name| objects(name)).collect();
    let original = Database::with(&format!(
        "set check_function_bodies = off; create table x (); {script}"
    ));
    let dump = original.dump();
    assert!(dump.contains("CREATE TABLE public.x ("));
    let mut catalog = read(&original.connect()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(built_again(&catalog), dump);
    // The same with the dependencies that the texts tell.
    catalog.depends.clear();
    plan::dependencies::fill(&mut catalog);
    assert_eq!(built_again(&catalog), dump);
}

fn built_again(catalog: &Catalog) -> String {
    let templates = Templates::embedded("public");
    let plan = plan::plan(&plan::empty("public"), catalog, &templates)
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(plan.steps.len() > 20 * NAMES.len(), "{}", plan.steps.len());
    let copy = Database::new();
    apply(&copy.connect(), &plan).unwrap_or_else(|error| panic!("{error}"));
    copy.dump()
}
