//! SQL built in a throwaway server.

use tablec::catalog::Id;
use tablec::kinds::Kind;
use tablec::shadow::{Shadow, ShadowError};

#[test]
fn what_was_built_is_read_and_missing_roles_are_made() {
    let shadow = Shadow::start(15).unwrap();
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
    let shadow = Shadow::start(15).unwrap();
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
