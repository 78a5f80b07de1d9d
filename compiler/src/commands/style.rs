//! How things look on a terminal. Colours are always written; [`Output`](super::Output) takes them out.

use anstyle::{AnsiColor, Style};

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
