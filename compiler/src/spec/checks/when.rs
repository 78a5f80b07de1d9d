//! What a trigger's condition says about the old and the new row.

use std::ops::Range;

use crate::sql::tokens::{Token, significant};

/// A mention of one of the two rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowReference {
    /// `new`; otherwise `old`.
    pub new: bool,
    /// The column; `None` for the whole row.
    pub column: Option<String>,
    /// Where it stands in the text.
    pub range: Range<usize>,
}

/// The mentions of the two rows in a condition: `old.title`, `new.*`, `old`.
pub fn row_references(condition: &str) -> Vec<RowReference> {
    let tokens: Vec<Token<'_>> = significant(condition).collect();
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let new = token.is_word("new");
        let after_dot = at
            .checked_sub(1)
            .is_some_and(|before| tokens[before].text == ".");
        if after_dot || !(new || token.is_word("old")) {
            continue;
        }
        let rest = &tokens[at + 1..];
        let column = match rest {
            [dot, column, ..] if dot.text == "." => column.name().map(std::borrow::Cow::into_owned),
            _ => None,
        };
        let end = match rest {
            [dot, part, ..] if dot.text == "." => part.end(),
            _ => token.end(),
        };
        found.push(RowReference {
            new,
            column,
            range: token.start..end,
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_their_columns() {
        let text =
            "old.\"Title\" is distinct from NEW.title and (new.*) = row(old) and x.new = 'old.a'";
        let found: Vec<_> = row_references(text)
            .into_iter()
            .map(|r| (r.new, r.column))
            .collect();
        let column = |name: &str| Some(name.to_owned());
        assert_eq!(
            found,
            [
                (false, column("Title")),
                (true, column("title")),
                (true, None),
                (false, None)
            ]
        );
    }
}
