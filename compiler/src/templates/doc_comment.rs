//! Anybody's text as a doc comment: what rustdoc would read as a link, HTML or code is shown as it is written.

/// Lines that start with `marker` (`///` or `//!`), the second and further ones behind `indent` spaces.
pub(super) fn doc_comment(text: &str, marker: &str, indent: usize) -> String {
    let code = text.matches('`').count().is_multiple_of(2) && !text.contains("``");
    let lines: Vec<_> = text
        .trim()
        .lines()
        .map(|line| doc_line(line, marker, code))
        .collect();
    lines.join(&format!("\n{}", " ".repeat(indent)))
}

/// A line of its own: indented, it would be a block of code.
fn doc_line(line: &str, marker: &str, code: bool) -> String {
    let mut out = format!("{marker} ");
    if is_plain(line) {
        out.push_str(line.trim());
        out.truncate(out.trim_end().len());
        return out;
    }
    for (n, word) in line.trim().split(' ').enumerate() {
        if n > 0 {
            out.push(' ');
        }
        if word.starts_with("https://") || word.starts_with("http://") {
            push_url(&mut out, word);
        } else {
            word.chars().for_each(|c| push_char(&mut out, c, code));
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether nothing in the line needs a closer look: most lines, and looking at each character costs.
fn is_plain(line: &str) -> bool {
    let plain = |byte: u8| matches!(byte, b' '..=b'~') && !b"[]<>\\`".contains(&byte);
    line.bytes().all(plain) && !line.contains("://")
}

/// In angle brackets, as rustdoc wants it; the full stop after it is no part of it.
fn push_url(out: &mut String, word: &str) {
    let end = word.trim_end_matches(['.', ',', ')', ';']).len();
    let url: String = word[..end]
        .chars()
        .filter(|c| !matches!(c, '<' | '>') && is_shown(*c))
        .collect();
    out.extend(["<", &url, ">", &word[end..]]);
}

fn push_char(out: &mut String, c: char, code: bool) {
    match c {
        '[' | ']' | '<' | '>' | '\\' | '*' | '_' if in_code(out, code) => out.push(c),
        '[' | ']' | '<' | '>' | '\\' => out.extend(['\\', c]),
        '`' if !code => out.extend(['\\', c]),
        '\t' => out.push(' '),
        _ if !is_shown(c) => {}
        _ => out.push(c),
    }
}

/// Whether an odd number of backticks stands before.
fn in_code(out: &str, code: bool) -> bool {
    code && out.matches('`').count() % 2 == 1
}

/// No control characters, and none that turn the direction of text, which the compiler refuses in comments.
fn is_shown(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::doc_comment;

    #[test]
    fn text_is_shown_as_it_is_written() {
        for (text, shown) in [
            ("A unit of work.", "/// A unit of work."),
            ("See [x] and <b>", "/// See \\[x\\] and \\<b\\>"),
            ("`a[1]` is [a]", "/// `a[1]` is \\[a\\]"),
            ("a ` alone", "/// a \\` alone"),
            (
                "```\ncode",
                "/// \\`\\`\\`\n///code"
                    .replace("///code", "    /// code")
                    .as_str(),
            ),
            ("two\r\n\r\n    lines", "/// two\n    ///\n    /// lines"),
            ("at https://a.b/c_d. Yes", "/// at <https://a.b/c_d>. Yes"),
            ("*/ // \u{202e}x\u{7}\ty", "/// */ // x y"),
            ("C:\\temp", "/// C:\\\\temp"),
        ] {
            assert_eq!(doc_comment(text, "///", 4), shown, "{text:?}");
        }
    }
}
