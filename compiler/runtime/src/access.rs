//! Whether an index serves a statement: its generic plan, on tables of any size, may not read a table or an index from
//! end to end.

use tokio_postgres::SimpleQueryMessage;

pub(crate) const SETTINGS: &str = "set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan; \
     set local enable_partition_pruning = off";
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
    (!is_served(&lines)).then(|| format!("{statement}\n{}", lines.join("\n")))
}

fn is_served(plan: &[&str]) -> bool {
    let any = |words: &str, then: &str| {
        plan.iter()
            .any(|line| line.contains(words) && line.contains(then))
    };
    let compares = |words| any(words, " = $") || any(words, " = lower($");
    let looks_up = any("Index Cond:", "$") && (!compares("Filter:") || compares("Index Cond:"));
    // A partitioned table without partitions has nothing to scan.
    !any("Scan", "") || (looks_up && !any("Seq Scan", ""))
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
    use super::is_served;

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
            (true, &["Result", "One-Time Filter: false"]),
            (false, &["Seq Scan on tasks", "Filter: (a = $1)"]),
            (false, &[SCAN, "Index Cond: (id > $3)", "Filter: (a = $1)"]),
            (false, &[SCAN, "Filter: (d IS NULL)"]),
        ];
        for (served, plan) in plans {
            assert_eq!(is_served(plan), served, "{plan:?}");
        }
    }
}
