//! TOML as a person lays it out: short things on one line, the rest in sections, equal signs in a column.

use toml_writer::{TomlKeyBuilder, TomlStringBuilder, TomlWrite};

/// A line that is longer is broken up where it can be.
const WIDTH: usize = 120;
/// Keys that are longer do not move the others' equal signs.
const KEY_WIDTH: usize = 40;

/// A table, in the order in which it is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    entries: Vec<(String, Node)>,
    in_order: bool,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A text.
    Text(String),
    /// A number or truth value, as it is written.
    Bare(String),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
}

impl Table {
    /// A table whose entries stay in one section, because their order matters.
    pub fn in_order() -> Self {
        Self {
            entries: Vec::new(),
            in_order: true,
        }
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Adds a key, which is quoted where it must be.
    pub fn set(&mut self, key: &str, value: impl Into<Node>) {
        self.entries.push((self::key(key), value.into()));
    }

    /// Adds a dotted key: `default.sql`.
    pub fn dotted(&mut self, keys: [&str; 2], value: impl Into<Node>) {
        self.entries
            .push((keys.map(self::key).join("."), value.into()));
    }

    /// Adds what is there.
    pub fn some<N: Into<Node>>(&mut self, key: &str, value: Option<N>) {
        if let Some(value) = value {
            self.set(key, value);
        }
    }

    /// Adds `true`, where it is.
    pub fn flag(&mut self, key: &str, value: bool) {
        if value {
            self.set(key, value);
        }
    }

    /// Adds a list of texts, unless it is empty.
    pub fn texts<S: AsRef<str>>(&mut self, key: &str, values: impl IntoIterator<Item = S>) {
        let items: Vec<Node> = values
            .into_iter()
            .map(|text| Node::from(text.as_ref()))
            .collect();
        self.list(key, items);
    }

    /// Adds a list, unless it is empty.
    pub fn list(&mut self, key: &str, items: Vec<Node>) {
        if !items.is_empty() {
            self.set(key, Node::List(items));
        }
    }

    /// Adds a table, unless it is empty.
    pub fn table(&mut self, key: &str, table: Table) {
        if !table.is_empty() {
            self.set(key, table);
        }
    }

    /// Adds all that another table says.
    pub fn append(&mut self, other: Table) {
        self.entries.extend(other.entries);
    }

    /// The text of a file.
    pub fn document(&self) -> String {
        let mut out = String::new();
        section(&mut out, "", self);
        out
    }
}

impl From<Table> for Node {
    fn from(table: Table) -> Self {
        Self::Table(table)
    }
}

impl From<Vec<Node>> for Node {
    fn from(items: Vec<Node>) -> Self {
        Self::List(items)
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Node {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Node {
    fn from(flag: bool) -> Self {
        Self::Bare(flag.to_string())
    }
}

impl From<i64> for Node {
    fn from(number: i64) -> Self {
        Self::Bare(number.to_string())
    }
}

impl From<i32> for Node {
    fn from(number: i32) -> Self {
        Self::Bare(number.to_string())
    }
}

/// The lines of a table, then those of the tables in it that are sections of their own.
fn section(out: &mut String, path: &str, table: &Table) {
    let is_section =
        |entry: &&(String, Node)| !table.in_order && needs_section(path.is_empty(), entry);
    let lines: Vec<_> = table
        .entries
        .iter()
        .filter(|entry| !is_section(entry))
        .collect();
    let width = lines
        .iter()
        .map(|(key, _)| key.chars().count())
        .filter(|width| *width <= KEY_WIDTH)
        .max();
    for (key, value) in lines {
        let padding = width
            .unwrap_or_default()
            .saturating_sub(key.chars().count());
        out.extend([key.as_str(), &" ".repeat(padding), " = "]);
        value_lines(out, value);
        out.push('\n');
    }
    for (key, value) in table.entries.iter().filter(is_section) {
        let path = if path.is_empty() {
            key.clone()
        } else {
            format!("{path}.{key}")
        };
        match value {
            Node::Table(inner) => subsection(out, &path, inner),
            Node::List(items) => items
                .iter()
                .for_each(|item| array_element(out, &path, item)),
            _ => {}
        }
    }
}

/// A heading is written for what is in the table itself; a table of sections needs none.
fn subsection(out: &mut String, path: &str, table: &Table) {
    let only_sections = !table.in_order
        && !table.is_empty()
        && table
            .entries
            .iter()
            .all(|entry| needs_section(false, entry));
    if !only_sections {
        heading(out, &format!("[{path}]"));
    }
    section(out, path, table);
}

fn array_element(out: &mut String, path: &str, item: &Node) {
    if let Node::Table(table) = item {
        heading(out, &format!("[[{path}]]"));
        section(out, path, table);
    }
}

fn heading(out: &mut String, text: &str) {
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(text);
    out.push('\n');
}

/// A table at the top is a section; elsewhere one that is too long for a line, and a list of such tables.
fn needs_section(top: bool, (key, value): &(String, Node)) -> bool {
    match value {
        Node::Table(_) => top || !fits(key.len(), value),
        Node::List(items) => {
            let all_tables =
                !items.is_empty() && items.iter().all(|item| matches!(item, Node::Table(_)));
            all_tables && items.iter().any(|item| !fits(4, item))
        }
        _ => false,
    }
}

fn fits(before: usize, value: &Node) -> bool {
    !has_lines(value) && before + 3 + one_line(value).chars().count() <= WIDTH
}

fn has_lines(value: &Node) -> bool {
    match value {
        Node::Text(text) => text.contains('\n'),
        Node::Bare(_) => false,
        Node::List(items) => items.iter().any(has_lines),
        Node::Table(table) => table.entries.iter().any(|(_, value)| has_lines(value)),
    }
}

/// A value of a section, over several lines where it is long.
fn value_lines(out: &mut String, value: &Node) {
    match value {
        Node::Text(text) if text.contains('\n') => out.push_str(&lines_of(text)),
        Node::List(items) if items.len() > 1 && !fits(0, value) => {
            out.push_str("[\n");
            for item in items {
                out.extend(["  ", &one_line(item), ",\n"]);
            }
            out.push(']');
        }
        other => out.push_str(&one_line(other)),
    }
}

/// Whether a text can stand between `'''` as it is.
pub fn is_literal(text: &str) -> bool {
    let plain = |c: char| c == '\n' || c == '\t' || !c.is_control();
    !text.contains("'''") && !text.ends_with('\'') && text.chars().all(plain)
}

fn lines_of(text: &str) -> String {
    if is_literal(text) {
        format!("'''\n{text}'''")
    } else {
        encode(TomlStringBuilder::new(text).as_ml_basic())
    }
}

fn one_line(value: &Node) -> String {
    match value {
        Node::Text(text) => short_text(text),
        Node::Bare(text) => text.clone(),
        Node::List(items) => format!(
            "[{}]",
            items.iter().map(one_line).collect::<Vec<_>>().join(", ")
        ),
        Node::Table(table) if table.is_empty() => "{}".to_owned(),
        Node::Table(table) => {
            let entries = table
                .entries
                .iter()
                .map(|(key, value)| format!("{key} = {}", one_line(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// In double quotes, unless single ones save escapes.
fn short_text(text: &str) -> String {
    let builder = TomlStringBuilder::new(text);
    let plain = builder.as_basic_pretty();
    encode(
        plain
            .or_else(|| builder.as_literal())
            .unwrap_or_else(|| builder.as_basic()),
    )
}

fn key(name: &str) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = out.key(TomlKeyBuilder::new(name).as_default());
    out
}

fn encode(value: impl toml_writer::WriteTomlValue) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = out.value(value);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(entries: &[(&str, Node)]) -> Table {
        let mut table = Table::default();
        for (key, value) in entries {
            table.set(key, value.clone());
        }
        table
    }

    #[test]
    fn short_tables_stay_on_their_line() {
        let mut columns = Table::in_order();
        columns.set("id", table(&[("type", "uuid".into())]));
        columns.set(
            "odd name",
            table(&[("type", "text".into()), ("check", "a = 'b'".into())]),
        );
        let mut indexes = Table::default();
        indexes.set("i", table(&[("where", "x".repeat(120).into())]));
        let mut root = table(&[("comment", "What it is for.".into())]);
        root.set("columns", columns);
        root.set("indexes", indexes);
        let long = "x".repeat(120);
        let expected = format!(
            r#"comment = "What it is for."

[columns]
id         = {{ type = "uuid" }}
"odd name" = {{ type = "text", check = "a = 'b'" }}

[indexes.i]
where = "{long}"
"#
        );
        assert_eq!(root.document(), expected);
    }

    #[test]
    fn every_text_is_read_back() {
        let texts = [
            "",
            "a",
            "'",
            "'''",
            "\"\"\"",
            "\\",
            "\n",
            "\na\n",
            "a\r\nb",
            "\t\u{7f}",
            "it's \"both\"",
            "ends'\n'",
            "x\n'",
        ];
        for text in texts {
            for node in [
                Node::from(text),
                Node::Table(table(&[("inner", text.into())])),
            ] {
                let document = table(&[("key", node.clone())]).document();
                let read: toml::Table = document.parse().expect(&document);
                let value = read["key"]
                    .as_str()
                    .or_else(|| read["key"]["inner"].as_str());
                assert_eq!(value, Some(text), "{document}");
            }
        }
    }
}
