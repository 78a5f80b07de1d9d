use std::env;
use std::path::Path;

use tablec::outputs::{compare, write};
use tablec::render::File;

/// Asserts that a page of the project is what the program says, or makes it so where `TABLEC_WRITE` is set.
///
/// # Panics
/// Where the page is stale or can't be written. The message says what to run.
pub fn assert_written(path: &str, text: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let changes =
        compare(&root, vec![File::new(path, text)], &[]).unwrap_or_else(|error| panic!("{error}"));
    if env::var_os("TABLEC_WRITE").is_some() {
        write(&root, &changes).unwrap_or_else(|error| panic!("{error}"));
    } else if let [change] = changes.as_slice() {
        panic!(
            "{path} is stale; run `TABLEC_WRITE=1 cargo test -p tablec`\n{}",
            change.unified_diff()
        );
    }
}
