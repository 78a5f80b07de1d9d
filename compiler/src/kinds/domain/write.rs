//! A domain as a file of `spec/types/`.

use super::{Domain, DomainCheck};
use crate::catalog::Object;
use crate::kinds::Kind;
use crate::spec::write::{Node, Table, Writer, attributes, plain_name, privileges};

/// What is said of a domain.
pub fn write(writer: &Writer<'_>, object: &Object, domain: &Domain) -> Table {
    let mut table = Table::default();
    attributes(&mut table, object);
    table.set("domain", writer.type_text(&domain.data_type));
    table.some(
        "collation",
        domain.collation.as_ref().map(|sql| plain_name(sql)),
    );
    writer.default(&mut table, domain.default.as_ref(), &domain.data_type);
    table.flag("not_null", domain.not_null);
    if writer.project.postgresql >= 17 {
        let mut not_null = Table::default();
        not_null.some("name", domain.not_null_name.as_ref());
        not_null.some("comment", domain.not_null_comment.as_ref());
        table.table("not_null_constraint", not_null);
    }
    let mut checks = Table::default();
    for check in &domain.checks {
        checks.set(&check.name, self::check(check));
    }
    table.table("checks", checks);
    privileges(writer, &mut table, Kind::Domain, &object.privileges, []);
    table
}

fn check(check: &DomainCheck) -> Node {
    if check.comment.is_none() && !check.not_valid {
        return Node::from(&check.expression.0);
    }
    let mut table = Table::default();
    table.some("comment", check.comment.as_ref());
    table.set("expression", &check.expression.0);
    table.flag("not_valid", check.not_valid);
    table.into()
}
