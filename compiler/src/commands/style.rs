//! How things look on a terminal. Colours are always written; [`Output`](super::Output) takes them out.

use anstyle::{AnsiColor, Style};

use crate::plan::Note;

/// What is added.
pub const ADDED: Style = AnsiColor::Green.on_default();
/// What is removed.
pub const REMOVED: Style = AnsiColor::Red.on_default();
/// What is changed, and what to look out for.
pub const CHANGED: Style = AnsiColor::Yellow.on_default();
/// Places and headings.
pub const PLACE: Style = AnsiColor::Cyan.on_default();
/// Names.
pub const STRONG: Style = Style::new().bold();

/// A text in a style.
pub fn paint(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// A unified diff, coloured.
pub fn diff(text: &str) -> String {
    text.split_inclusive('\n').map(diff_line).collect()
}

fn diff_line(line: &str) -> String {
    let style = match line.as_bytes() {
        [b'-', b'-', b'-', ..] | [b'+', b'+', b'+', ..] => STRONG,
        [b'+', ..] => ADDED,
        [b'-', ..] => REMOVED,
        [b'@', b'@', ..] => PLACE,
        _ => return line.to_owned(),
    };
    paint(style, line.trim_end_matches('\n')) + "\n"
}

/// One character for a change of a file.
pub fn sign(word: &str) -> String {
    match word {
        "add" => paint(ADDED, "+"),
        "remove" => paint(REMOVED, "-"),
        _ => paint(CHANGED, "~"),
    }
}

/// What a person should know of a plan, in words.
pub fn note(note: &Note) -> String {
    match note {
        Note::ColumnOrder { id } => format!(
            "note: the columns of {id} come in another order, which no statement can change"
        ),
        Note::OwnColumn { id, part } => format!(
            "note: the column {part} of {id} comes from a parent too and stays its own, which no statement can change"
        ),
        Note::LikelyRename { id, part, from } => {
            let what = part
                .as_ref()
                .map_or_else(|| id.to_string(), |part| format!("{part} of {id}"));
            format!(
                "hint: {what} looks like `{from}` renamed; if it is, say so: renamed_from = \"{from}\""
            )
        }
        Note::StaleRename { id, from } => {
            format!(
                "note: the rename is done already; take `renamed_from = \"{from}\"` out of {id}"
            )
        }
        Note::Refused { id, reason } => format!("{id}: {reason}"),
        Note::Cycle { ids } => {
            let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
            format!(
                "these need each other, and no order satisfies all: {}",
                ids.join(", ")
            )
        }
    }
}
