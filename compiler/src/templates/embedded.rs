//! The templates that come with the compiler.

/// Names and texts, sorted by name; made by `build.rs` from `templates/`.
pub(super) static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/templates.rs"));

pub(super) fn find(name: &str) -> Option<&'static str> {
    let at = EMBEDDED
        .binary_search_by(|(known, _)| (*known).cmp(name))
        .ok()?;
    EMBEDDED.get(at).map(|(_, text)| *text)
}
