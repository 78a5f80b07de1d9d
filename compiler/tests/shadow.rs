//! SQL built in a throwaway server.

use tablec::catalog::Id;
use tablec::kinds::Kind;
use tablec::shadow::{Shadow, ShadowError};

#[test]
fn what_was_built_is_read_and_missing_roles_are_made() {
    let shadow = Shadow::start(None, 15).unwrap();
    let dump = "\\restrict x\ncreate table a (id int);\ncopy a (id) from stdin;\n1\n2\n\\.\ngrant select on a to reader;\n\\unrestrict x\n";
    let catalog = shadow
        .build(
            [("first.sql", dump), ("second.sql", "create table b ();")],
            "public",
        )
        .unwrap();
    let table = |name: &str| catalog.get(&Id::new(Kind::Table, "public", name)).is_some();
    assert!(table("a") && table("b"));
    assert!(
        shadow
            .build([], "public")
            .unwrap()
            .of::<tablec::kinds::table::Table>()
            .next()
            .is_none()
    );
    let session = shadow.built([("first.sql", dump)]).unwrap();
    assert_eq!(
        session.query("select count(*) from a").unwrap()[0].get::<_, i64>(0),
        2
    );
}

#[test]
fn what_fails_is_named_with_its_line() {
    let shadow = Shadow::start(None, 15).unwrap();
    let error = shadow
        .build([("bad.sql", "select 1;\n\nselect x;\n")], "public")
        .unwrap_err();
    assert!(
        matches!(&error, ShadowError::Script(error) if error.line == 3),
        "{error}"
    );
    assert_eq!(
        error.to_string(),
        "bad.sql, line 3: column \"x\" does not exist (42703)"
    );
}

/// The databases of a server that a shadow has made.
fn made(cluster: &tablec::cluster::Cluster) -> i64 {
    let session = cluster.connect("postgres").unwrap();
    let made = "select count(*) from pg_database where datname like 'tablec\\_shadow\\_%'";
    session.query(made).unwrap()[0].get(0)
}

#[test]
fn a_given_server_has_a_database_of_ours_as_long_as_it_is_needed() {
    let server = tablec_testing::server(None).unwrap();
    server
        .connect("postgres")
        .unwrap()
        .batch_execute("create table theirs (id int); create role builder login createdb")
        .unwrap();
    let url = server.url("postgres").replace("postgres@", "builder@");
    let shadow = Shadow::start(Some(&url), 15).unwrap();
    let catalog = shadow
        .build([("a.sql", "create table ours (id int)")], "public")
        .unwrap();
    assert_eq!(made(&server), 1);
    let named = |name: &str| catalog.get(&Id::new(Kind::Table, "public", name));
    assert!(named("theirs").is_none());
    let owner = named("ours").unwrap().owner.as_deref();
    assert_eq!(owner, Some("postgres"), "who builds has one name");
    drop(shadow);
    assert_eq!(made(&server), 0);
    let session = server.connect("postgres").unwrap();
    assert_eq!(session.query("select from theirs").unwrap().len(), 0);
}

#[test]
fn a_given_server_gets_no_roles_and_may_refuse_databases() {
    let server = tablec_testing::server(None).unwrap();
    let url = server.url("postgres");
    let shadow = Shadow::start(Some(&url), 15).unwrap();
    let script = "create table a (id int); grant select on a to nobody_here";
    let error = shadow.build([("a.sql", script)], "public").unwrap_err();
    assert!(
        matches!(&error, ShadowError::NoRole(role) if role == "nobody_here"),
        "{error}"
    );
    drop(shadow);
    let session = server.connect("postgres").unwrap();
    session.batch_execute("create role plain login").unwrap();
    let url = url.replace("postgres@", "plain@");
    let error = Shadow::start(Some(&url), 15)
        .unwrap()
        .build([], "public")
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "no database can be made on the shadow server: permission denied to create database (42501)"
    );
    assert_eq!(made(&server), 0);
}
