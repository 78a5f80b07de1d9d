/// A query with the lines that are for servers of that major version.
///
/// `--15` at the end of a line: from 15 on; `--<15`: before 15; `--15 <17`: 15 and 16.
pub(super) fn for_version(query: &str, major: u32) -> String {
    let mut text = String::with_capacity(query.len());
    for line in query.lines() {
        let (code, condition) = line.rsplit_once("--").unwrap_or((line, ""));
        match holds(condition, major) {
            Some(true) => text.push_str(code.trim_end()),
            Some(false) => continue,
            None => text.push_str(line),
        }
        text.push('\n');
    }
    text
}

/// `None` where the text is no condition.
fn holds(condition: &str, major: u32) -> Option<bool> {
    let mut words = condition.split_whitespace().peekable();
    words.peek()?;
    words.try_fold(true, |all, word| {
        let holds = match word.strip_prefix('<') {
            Some(version) => major < version.parse().ok()?,
            None => major >= word.parse().ok()?,
        };
        Some(all && holds)
    })
}

#[cfg(test)]
mod tests {
    use super::for_version;

    #[test]
    fn lines_are_for_versions() {
        let query = "-- A comment.\nselect a --15\nselect b --<15\nselect c --15 <17\n";
        assert_eq!(for_version(query, 14), "-- A comment.\nselect b\n");
        assert_eq!(
            for_version(query, 15),
            "-- A comment.\nselect a\nselect c\n"
        );
        assert_eq!(for_version(query, 18), "-- A comment.\nselect a\n");
    }
}
