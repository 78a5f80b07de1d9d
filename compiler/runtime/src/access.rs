//! Whether an index serves a statement: the generic plan of the statement over an empty temporary table that has the
//! columns of the index's table and this one index. No other index can take its place there, and no row can make a
//! difference.

use tokio_postgres::SimpleQueryMessage;

/// What the methods of a repository stand on.
#[derive(Clone, Copy, Debug)]
pub struct AccessPaths {
    /// The table, as the statements name it.
    pub table: &'static str,
    /// Each index, as SQL names it, with a statement that it must serve.
    pub indexes: &'static [(&'static str, &'static str)],
}

pub(crate) const SETTINGS: &str =
    "set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan";
pub(crate) const FORGET: &str = "deallocate access_path; drop table pg_temp.access_path";

/// Asks for the script that makes the temporary table; no row where there is no such index, or it is not valid: that
/// of a partitioned table is when each partition has its part.
pub(crate) fn stand_in(index: &str) -> String {
    let name = index.replace('\'', "''");
    format!(
        "select format('create table pg_temp.access_path (like %s); ', name) || replace(replace(definition, \
             format(' ON ONLY %s USING ', name), temporary), format(' ON %s USING ', name), temporary) \
         from pg_index join pg_class on pg_class.oid = indrelid, \
             format('%s.%I', relnamespace::regnamespace, relname) as quoted(name), \
             pg_get_indexdef(indexrelid) as definition, \
             concat(' ON pg_temp.access_path USING ') as temporary \
         where indexrelid = to_regclass('{name}') and indisvalid"
    )
}

/// The script, if there is one.
pub(crate) fn first(messages: &[SimpleQueryMessage]) -> Option<&str> {
    texts(messages).next()
}

/// Without `order by` and `limit`, which are not what is asked.
pub(crate) fn prepare(table: &str, statement: &str) -> String {
    let (rows, rest) = statement
        .rsplit_once(" order by ")
        .unwrap_or((statement, ""));
    // The limit's parameter stays, unused.
    let limit = rest
        .rsplit_once(" limit $")
        .and_then(|(_, number)| number.parse().ok());
    let ty = |n| if Some(n) == limit { "int8" } else { "unknown" };
    let types: Vec<_> = parameters(statement).map(ty).collect();
    let stands_in = format!(" from pg_temp.access_path as {}", unqualified(table));
    let rows = rows.replacen(&format!(" from {table}"), &stands_in, 1);
    format!("prepare access_path{} as {rows}", in_parentheses(&types))
}

pub(crate) fn explain(statement: &str) -> String {
    let nulls: Vec<_> = parameters(statement).map(|_| "null").collect();
    format!(
        "explain (costs off) execute access_path{}",
        in_parentheses(&nulls)
    )
}

/// What is wrong where there is no index.
pub(crate) fn missing(index: &str, statement: &str) -> String {
    format!("{statement}\nthere is no valid index {index}")
}

/// The statement with its plan, where the index is not used, or rows are read that it should have left out.
pub(crate) fn finding(index: &str, statement: &str, plan: &[SimpleQueryMessage]) -> Option<String> {
    let lines: Vec<_> = texts(plan).collect();
    let served = is_served(has_parameter(statement, 1), &lines);
    (!served).then(|| format!("{statement}\nby {index}:\n{}", lines.join("\n")))
}

fn is_served(asks: bool, plan: &[&str]) -> bool {
    let any = |words: &str, then: &str| {
        plan.iter()
            .any(|line| line.contains(words) && line.contains(then))
    };
    let filters = any("Filter:", " = $") || any("Filter:", " = lower($");
    let looks_up = any("Index Cond:", "$") || !asks;
    any("Index", "Scan") && looks_up && !filters
}

/// The first column of each row.
fn texts(messages: &[SimpleQueryMessage]) -> impl Iterator<Item = &str> {
    messages.iter().filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0),
        _ => None,
    })
}

/// A quoted name without its schema.
fn unqualified(name: &str) -> &str {
    let mut quoted = false;
    let dot = name.find(|c| {
        quoted ^= c == '"';
        c == '.' && !quoted
    });
    dot.map_or(name, |dot| &name[dot + 1..])
}

fn parameters(statement: &str) -> impl Iterator<Item = u32> {
    (1..=u16::MAX.into()).take_while(|n| has_parameter(statement, *n))
}

fn in_parentheses(items: &[&str]) -> String {
    if items.is_empty() {
        String::new()
    } else {
        format!(" ({})", items.join(", "))
    }
}

fn has_parameter(statement: &str, n: u32) -> bool {
    let name = format!("${n}");
    let mut found = statement
        .match_indices(&name)
        .map(|(at, _)| &statement[at + name.len()..]);
    found.any(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{is_served, prepare, unqualified};

    #[test]
    fn an_index_looks_up_what_is_compared() {
        const SCAN: &str = "Index Scan using tasks_pkey on tasks";
        let plans: [(bool, &[&str]); 7] = [
            (true, &[SCAN, "Index Cond: ((a = $1) AND (b = $2))"]),
            (true, &[SCAN, "Index Cond: (lower(a) = lower($1))"]),
            (
                true,
                &[SCAN, "Index Cond: (at >= $2)", "Filter: (d IS NULL)"],
            ),
            (false, &["Result", "One-Time Filter: false"]),
            (false, &[SCAN, "Index Cond: (a = $1)", "Filter: (b = $2)"]),
            (false, &["Seq Scan on tasks", "Filter: (a = $1)"]),
            (false, &[SCAN, "Filter: (d IS NULL)"]),
        ];
        for (served, plan) in plans {
            assert_eq!(is_served(true, plan), served, "{plan:?}");
        }
        assert!(is_served(false, &[SCAN, "Filter: (d IS NULL)"]));
    }

    #[test]
    fn the_table_is_replaced() {
        assert_eq!(
            prepare(
                "app.tasks",
                "select a from app.tasks where a = $1 order by a limit $2"
            ),
            "prepare access_path (unknown, int8) as select a from pg_temp.access_path as tasks where a = $1"
        );
        let names = ["a", "s.a", "\"s.t\".a", "s.\"A.b\"", "\"S\".\"a\"\"b\""];
        let bare = names.map(unqualified);
        assert_eq!(bare, ["a", "a", "a", "\"A.b\"", "\"a\"\"b\""]);
    }
}
