//! The pages and the schema that are made from the keys are fresh.

use tablec::spec::grammar::{reference, schema};

#[test]
fn the_reference_pages_are_fresh() {
    for (name, page) in reference::pages() {
        tablec_testing::assert_written(&format!("docs/reference/{name}"), &page);
    }
}

#[test]
fn the_schema_is_fresh() {
    tablec_testing::assert_written("tablec.schema.json", &schema::text());
}
