use std::sync::LazyLock;

/// Whether PostgreSQL has a function of that name: without its schema, the name may mean that one.
///
/// `select distinct proname from pg_proc where pronamespace = 'pg_catalog'::regnamespace`, PostgreSQL 15 to 18 together;
/// functions that no SQL can call (`int4in`) are left out.
pub fn is_builtin_routine(name: &str) -> bool {
    static NAMES: LazyLock<Vec<&str>> =
        LazyLock::new(|| include_str!("builtin_routines.txt").lines().collect());
    NAMES.binary_search(&name).is_ok()
}
