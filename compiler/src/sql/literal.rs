//! String constants.

/// Quotes a string constant exactly as the server's `quote_literal` does (`src/backend/utils/adt/quote.c`):
/// `E'…'` with doubled backslashes when there is one, so that it reads the same whatever
/// `standard_conforming_strings` says.
pub fn quote_literal(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    if text.contains('\\') {
        format!("E'{}'", quoted.replace('\\', "\\\\"))
    } else {
        format!("'{quoted}'")
    }
}

/// Dollar-quotes a body, with a tag that does not occur in it: `$$`, then `$body$`, `$body1$`, …
///
/// Source: manual, 4.1.2.4 "Dollar-Quoted String Constants".
pub fn dollar_quote(body: &str) -> String {
    let delimiter = free_delimiter(body);
    format!("{delimiter}{body}{delimiter}")
}

fn free_delimiter(body: &str) -> String {
    let mut delimiter = "$$".to_owned();
    let mut tries = 0_usize;
    while !closes_only_at_the_end(body, &delimiter) {
        delimiter = match tries {
            0 => "$body$".to_owned(),
            n => format!("$body{n}$"),
        };
        tries += 1;
    }
    delimiter
}

/// A body that ends in `$` (or in `$body`) would join the closing delimiter to an earlier one.
fn closes_only_at_the_end(body: &str, delimiter: &str) -> bool {
    let keep = body.floor_char_boundary(body.len().saturating_sub(delimiter.len()));
    !body.contains(delimiter)
        && format!("{}{delimiter}", &body[keep..]).find(delimiter) == Some(body.len() - keep)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_backslashes_are_doubled() {
        assert_eq!(quote_literal(""), "''");
        assert_eq!(quote_literal("it's"), "'it''s'");
        assert_eq!(quote_literal("a\\'b"), "E'a\\\\''b'");
        assert_eq!(quote_literal("two\nlines"), "'two\nlines'");
    }

    #[test]
    fn the_dollar_tag_is_free() {
        assert_eq!(dollar_quote("select 1"), "$$select 1$$");
        assert_eq!(dollar_quote("do $$x$$"), "$body$do $$x$$$body$");
        assert_eq!(dollar_quote("ends in $"), "$body$ends in $$body$");
        assert_eq!(dollar_quote("$$ $body$"), "$body1$$$ $body$$body1$");
        assert_eq!(dollar_quote("$$ ï$body"), "$body1$$$ ï$body$body1$");
    }
}
