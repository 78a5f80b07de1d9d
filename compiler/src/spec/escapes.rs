//! From a place in a TOML string's text to the place in the file, past quotes and escapes.

/// The byte of `raw` (a TOML string as it is written, quotes included) at which byte `offset` of its text stands.
pub fn written_offset(raw: &str, offset: usize) -> usize {
    let (open, escaped) = opening(raw);
    let mut at = open;
    let mut read = 0;
    while at < raw.len() {
        let (written, text) = step(&raw[at..], escaped);
        if read + text > offset {
            break;
        }
        at += written;
        read += text;
    }
    at.min(raw.len())
}

/// The bytes of the opening quotes, with the newline that is dropped after three of them; whether there are escapes.
fn opening(raw: &str) -> (usize, bool) {
    for (quotes, escaped) in [("\"\"\"", true), ("'''", false)] {
        if let Some(rest) = raw.strip_prefix(quotes) {
            let newline = if rest.starts_with("\r\n") {
                2
            } else {
                usize::from(rest.starts_with('\n'))
            };
            return (3 + newline, escaped);
        }
    }
    let quoted = raw.starts_with(['"', '\'']);
    (usize::from(quoted), raw.starts_with('"'))
}

/// The bytes that the next character takes as it is written, and in the text.
fn step(raw: &str, escaped: bool) -> (usize, usize) {
    let mut characters = raw.chars();
    match (characters.next(), characters.next()) {
        (Some('\\'), Some(kind)) if escaped => escape(raw, kind),
        // TOML reads a line end as it is, except that a carriage return may be normalised away.
        (Some(character), _) => (character.len_utf8(), character.len_utf8()),
        (None, _) => (0, 0),
    }
}

fn escape(raw: &str, kind: char) -> (usize, usize) {
    let digits = match kind {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        '\n' | '\r' | ' ' | '\t' => return (1 + continued(&raw[1..]), 0),
        _ => return (1 + kind.len_utf8(), 1),
    };
    let code = raw.get(2..2 + digits).unwrap_or_default();
    let character = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
    (
        (2 + digits).min(raw.len()),
        character.map_or(1, char::len_utf8),
    )
}

/// A backslash at the end of a line drops all white space up to the next character.
fn continued(rest: &str) -> usize {
    rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character of a string's text is found where it is written.
    #[track_caller]
    fn maps(raw: &str, text: &str, wanted: &str) {
        let offset = text.find(wanted).unwrap_or_else(|| panic!("{wanted}"));
        let start = written_offset(raw, offset);
        assert!(raw[start..].starts_with(wanted), "{raw}: {start}");
    }

    #[test]
    fn quotes_and_escapes_are_skipped() {
        maps("'a = b'", "a = b", "b");
        maps(r#""a \"x\" = b""#, "a \"x\" = b", "b");
        maps(r#""\u00e9\té = b""#, "é\té = b", "b");
        maps("'''\na\n = b'''", "a\n = b", "b");
        maps("\"\"\"\r\na \\\n   = b\"\"\"", "a = b", "= b");
        maps(r#""\x41 b""#, "A b", "b");
    }

    #[test]
    fn the_end_is_before_the_closing_quote() {
        assert_eq!(written_offset("'ab'", 2), 3);
        assert_eq!(written_offset("'ab'", 99), 4);
        assert_eq!(written_offset("", 3), 0);
    }
}
