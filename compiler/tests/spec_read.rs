//! The reader of specs, over whole projects.

use std::path::Path;

use tablec::{files, spec};

#[test]
fn the_example_reads_without_a_word() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (files, unread) = files::load(&root);
    let (spec, found) = spec::read(&files);
    assert_eq!(unread, []);
    assert_eq!(found, []);
    assert!(spec.catalog.objects.len() > 100);
}
