//! Whether an index serves a statement: its generic plan, on tables of any size, may not read a table from end to end.

use tokio_postgres::SimpleQueryMessage;

pub(crate) const SETTINGS: &str =
    "set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan";
pub(crate) const DEALLOCATE: &str = "deallocate access_path";

/// Without `order by` and `limit`: for their sake the planner would take another index and filter.
pub(crate) fn prepare(statement: &str) -> String {
    let (rows, rest) = statement
        .rsplit_once(" order by ")
        .unwrap_or((statement, ""));
    // The limit's parameter stays, unused.
    let limit = rest
        .rsplit_once(" limit $")
        .and_then(|(_, number)| number.parse().ok());
    let ty = |n| if Some(n) == limit { "int8" } else { "unknown" };
    let types: Vec<_> = parameters(statement).map(ty).collect();
    format!("prepare access_path{} as {rows}", in_parentheses(&types))
}

pub(crate) fn explain(statement: &str) -> String {
    let nulls: Vec<_> = parameters(statement).map(|_| "null").collect();
    format!(
        "explain (costs off) execute access_path{}",
        in_parentheses(&nulls)
    )
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

/// The statement with its plan, where a table is read from end to end, or no index looks a parameter up. Of two
/// indexes that serve, the planner may take either: without rows in the table both cost the same.
pub(crate) fn finding(statement: &str, plan: &[SimpleQueryMessage]) -> Option<String> {
    let lines = plan.iter().filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0),
        _ => None,
    });
    let lines: Vec<_> = lines.collect();
    let any = |parts: [&str; 2]| {
        lines
            .iter()
            .any(|line| parts.iter().all(|part| line.contains(part)))
    };
    let looked_up = !any(["Filter:", " = $"]) || any(["Index Cond:", " = $"]);
    let served = looked_up && !any(["Seq Scan", ""]);
    (!served).then(|| format!("{statement}\n{}", lines.join("\n")))
}

fn has_parameter(statement: &str, n: u32) -> bool {
    let name = format!("${n}");
    let mut found = statement
        .match_indices(&name)
        .map(|(at, _)| &statement[at + name.len()..]);
    found.any(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}
