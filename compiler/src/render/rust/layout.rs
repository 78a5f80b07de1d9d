//! Functions of the Rust templates that lay a construct out as `cargo fmt` would: on one line where it fits, or else
//! one part a line. Running `rustfmt` at generation would cost more than all the rest.
//!
//! The widths are those of the default style: 100 for a line, 60 for the arguments of a call and for an array.

#![expect(
    clippy::needless_pass_by_value,
    reason = "the engine hands arguments over"
)]

use std::collections::BTreeMap;

use minijinja::value::Kwargs;
use minijinja::{Environment, Error, ErrorKind, Value};

use crate::templates::string_literal as literal;

const LINE: usize = 100;
const CALL: usize = 60;
/// The longest line that ends a signature with its opening brace.
const BRACE: usize = 96;
const STRUCT: usize = 18;
const SHORT_ELEMENT: usize = 10;

/// Adds the functions.
pub fn add(environment: &mut Environment<'static>) {
    environment.add_function("signature", signature);
    environment.add_function("call", call);
    environment.add_function("array", |items: Vec<Value>, indent: usize| {
        Ok::<_, Error>(printed(array("&", &strings(&items)?, indent)))
    });
    environment.add_function("sql_const", sql_const);
    environment.add_function("sql_pair", sql_pair);
    environment.add_function("columns_macro", |sql: &str| printed(string_lines(sql, 8)));
    environment.add_function("uses", uses);
    environment.add_function("element", element);
    environment.add_function("struct_literal", struct_literal);
    environment.add_function("error_attribute", error_attribute);
    environment.add_function("arm", arm);
    environment.add_function("vec", vec);
    environment.add_filter("append", |mut list: Vec<Value>, item: Value| {
        list.push(item);
        list
    });
    environment.add_filter("params", params);
    environment.add_filter("number", number);
    environment.add_filter("attribute", |text: &str| printed(text));
    environment.add_filter("toml", toml);
}

fn printed(text: impl Into<String>) -> Value {
    Value::from_safe_string(text.into())
}

fn strings(values: &[Value]) -> Result<Vec<String>, Error> {
    let text = |value: &Value| {
        value.as_str().map(str::to_owned).ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidOperation,
                format!("a part of a layout is a string, not a {}", value.kind()),
            )
        })
    };
    values.iter().map(text).collect()
}

/// Whether `cargo fmt` might not leave the line as it is: it is too long and nothing can break it, or it has letters
/// of which it counts the bytes.
pub(super) fn is_odd(line: &str) -> bool {
    let text = line.trim_start();
    let fixed = ["//", "\"", "#["]
        .iter()
        .any(|start| text.starts_with(start));
    !fixed && (width(line) > LINE || !line.is_ascii())
}

/// `arm(["a.b", "c.d"], "Self::X")`: a match arm for some strings.
fn arm(patterns: Vec<Value>, body: &str) -> Result<Value, Error> {
    let patterns: Vec<_> = strings(&patterns)?
        .iter()
        .map(|text| literal(text))
        .collect();
    let indent = spaces(12);
    let line = format!("{indent}{} => {body},", patterns.join(" | "));
    if width(&line) <= LINE {
        return Ok(printed(line));
    }
    let patterns = patterns.join(&format!("\n{indent}| "));
    let line = format!("{indent}{patterns} => {body},");
    let broken = format!("{indent}{patterns} => {{\n{indent}    {body}\n{indent}}}");
    Ok(printed(if width(&line) <= LINE { line } else { broken }))
}

/// `Name { field: value }`: on one line only where the fields are very short.
fn struct_literal(head: &str, fields: Vec<Value>, tail: &str) -> Result<Value, Error> {
    let fields = strings(&fields)?;
    let joined = fields.join(", ");
    if width(&joined) <= STRUCT {
        return Ok(printed(format!("{head} {{ {joined} }}{tail}")));
    }
    let indent = indent_of(head);
    let inner = vertical(&fields, indent + 4);
    Ok(printed(format!(
        "{head} {{\n{inner}{}}}{tail}",
        spaces(indent)
    )))
}

/// A call that is an element of an array at this indent.
fn element(function: &str, arguments: Vec<Value>, indent: usize) -> Result<Value, Error> {
    let text = call(&format!("{}{function}", spaces(indent)), arguments, "")?.to_string();
    Ok(printed(text.trim_start()))
}

/// `#[error("…")]`, in a format string of which the braces are text.
fn error_attribute(message: &str) -> Value {
    let message = literal(&message.replace('{', "{{").replace('}', "}}"));
    let line = format!("    #[error({message})]");
    let broken = format!("#[error(\n        {message}\n    )]");
    printed(if width(&line) <= LINE {
        line.trim_start().to_owned()
    } else {
        broken
    })
}

/// `vec!` of some values.
fn vec(items: Vec<Value>, indent: usize) -> Result<Value, Error> {
    let items = strings(&items)?;
    Ok(printed(if items.is_empty() {
        "Vec::new()".to_owned()
    } else {
        array("vec!", &items, indent)
    }))
}

/// An integer as Rust writes it: `10_000`.
fn number(value: i64) -> Value {
    if value == i64::MAX {
        return printed("i64::MAX");
    }
    let digits = value.unsigned_abs().to_string();
    let first = digits.len() % 3;
    let (head, rest) = digits.split_at(first);
    let groups = rest
        .as_bytes()
        .chunks(3)
        .map(|group| String::from_utf8_lossy(group).into_owned());
    let groups: Vec<_> = Some(head.to_owned())
        .filter(|head| !head.is_empty())
        .into_iter()
        .chain(groups)
        .collect();
    let sign = if value < 0 { "-" } else { "" };
    printed(format!(
        "{sign}{}",
        if digits.len() < 5 {
            digits
        } else {
            groups.join("_")
        }
    ))
}

/// A value of `Cargo.toml`: what is no string or table yet becomes a string.
fn toml(text: &str) -> Value {
    printed(if text.starts_with(['{', '"', '[']) {
        text.to_owned()
    } else {
        literal(text)
    })
}

/// `list | params("given")`: for each the `field`, a colon and the type under that key.
fn params(list: Vec<Value>, key: &str) -> Result<Vec<String>, Error> {
    let param = |one: &Value| {
        Ok(format!(
            "{}: {}",
            one.get_attr("field")?,
            one.get_attr(key)?
        ))
    };
    list.iter().map(param).collect()
}

/// `signature("    fn get", "&self", ["id: TaskId"], " -> u8;")`; the first parameter may be an empty string for none.
fn signature(head: &str, first: &str, params: Vec<Value>, tail: &str) -> Result<Value, Error> {
    let mut params = strings(&params)?;
    if !first.is_empty() {
        params.insert(0, first.to_owned());
    }
    let line = format!("{head}({}){tail}", params.join(", "));
    let indent = indent_of(head);
    if width(&line) < LINE || (width(&line) == LINE && !tail.ends_with(';')) {
        return Ok(printed(line));
    }
    if width(&line) == LINE {
        // `cargo fmt` forgets the semicolon when it chooses between one line and many, and then moves the result.
        return Ok(printed(format!(
            "{head}({})\n{}{}",
            params.join(", "),
            spaces(indent),
            tail.trim_start()
        )));
    }
    let last = format!("{}){tail}", spaces(indent));
    let last = match last.strip_suffix(" {") {
        Some(result) if width(&last) > BRACE => format!("{result}\n{}{{", spaces(indent)),
        _ => last,
    };
    Ok(printed(format!(
        "{head}(\n{}{last}",
        vertical(&params, indent + 4)
    )))
}

/// `call("        db::get", ["&mut self.0", "GET", "&[&id]"], "?;")`; an argument that begins with `&[` may be broken.
fn call(head: &str, arguments: Vec<Value>, tail: &str) -> Result<Value, Error> {
    let arguments = strings(&arguments)?;
    let joined = arguments.join(", ");
    let line = format!("{head}({joined}){tail}");
    if width(&joined) <= CALL && width(&line) <= LINE {
        return Ok(printed(line));
    }
    let indent = indent_of(head);
    if let Some((assigned, called)) = head.split_once(" = ") {
        let next = format!("{}{called}({joined}){tail}", spaces(indent + 4));
        if width(&joined) <= CALL && width(&next) <= LINE {
            return Ok(printed(format!("{assigned} =\n{next}")));
        }
    }
    let inner: Vec<_> = arguments
        .iter()
        .map(|argument| {
            match argument
                .strip_prefix("&[")
                .and_then(|rest| rest.strip_suffix(']'))
            {
                Some(items) => array(
                    "&",
                    &items.split(", ").map(str::to_owned).collect::<Vec<_>>(),
                    indent + 4,
                ),
                None => argument.clone(),
            }
        })
        .collect();
    let tail = tail.strip_prefix(".await").map_or_else(
        || tail.to_owned(),
        |rest| format!("\n{}.await{rest}", spaces(indent)),
    );
    Ok(printed(format!(
        "{head}(\n{}{}){tail}",
        vertical(&inner, indent + 4),
        spaces(indent)
    )))
}

/// An array that starts somewhere on a line of this indent: short elements are filled, others go one a line.
fn array(before: &str, items: &[String], indent: usize) -> String {
    let joined = items.join(", ");
    if width(&joined) <= CALL && !joined.contains('\n') {
        return format!("{before}[{joined}]");
    }
    let inner = if items.iter().all(|item| width(item) <= SHORT_ELEMENT) {
        filled(items, indent + 4)
    } else {
        vertical(items, indent + 4)
    };
    format!("{before}[\n{inner}{}]", spaces(indent))
}

fn vertical(items: &[String], indent: usize) -> String {
    let indent = spaces(indent);
    let lines = items.iter().flat_map(|item| [&indent, item, ",\n"]);
    lines.collect()
}

/// As many items as fit on each line.
fn filled(items: &[String], indent: usize) -> String {
    let mut lines = vec![spaces(indent)];
    for item in items {
        let last = lines.last().map_or(0, |line| width(line));
        let gap = usize::from(last > indent);
        // A line that is full to the last column is one too many for `cargo fmt`.
        if last + gap + width(item) + 1 >= LINE {
            lines.push(spaces(indent));
        }
        if let Some(line) = lines.last_mut() {
            if line.len() > indent {
                line.push(' ');
            }
            line.push_str(item);
            line.push(',');
        }
    }
    lines.join("\n") + "\n"
}

/// `const NAME: &str = …;` of a statement; `{columns}` in it stands for the macro `columns!`.
fn sql_const(name: &str, sql: &str) -> Value {
    printed(sql_expression(&format!("const {name}: &str = "), sql, ";"))
}

/// `const NAME: [&str; 2] = […];` of the statements for the first and the following pages.
fn sql_pair(name: &str, first: &str, following: &str) -> Value {
    let element = |sql| sql_expression("    ", sql, ",");
    printed(format!(
        "const {name}: [&str; 2] = [\n{}\n{}\n];",
        element(first),
        element(following)
    ))
}

fn sql_expression(head: &str, sql: &str, tail: &str) -> String {
    let indent = indent_of(head);
    let parts: Vec<_> = sql.split("{columns}").collect();
    if let [whole] = parts.as_slice() {
        let literal = literal(whole);
        let line = format!("{head}{literal}{tail}");
        if width(&line) <= LINE {
            return line;
        }
        let head = head.trim_end();
        let gap = if head.is_empty() {
            String::new()
        } else {
            format!("{head}\n")
        };
        let inner = if head.is_empty() { indent } else { indent + 4 };
        return format!("{gap}{}{}{tail}", spaces(inner), string_lines(whole, inner));
    }
    let mut arguments: Vec<String> = Vec::new();
    for (n, part) in parts.iter().enumerate() {
        if n > 0 {
            arguments.push("columns!()".to_owned());
        }
        if !part.is_empty() {
            arguments.push((*part).to_owned());
        }
    }
    let shown = |argument: &String| {
        if argument == "columns!()" {
            argument.clone()
        } else {
            literal(argument)
        }
    };
    let joined = arguments.iter().map(shown).collect::<Vec<_>>().join(", ");
    let line = format!("{head}concat!({joined}){tail}");
    if width(&joined) <= CALL && width(&line) <= LINE {
        return line;
    }
    let next = format!("{}concat!({joined}){tail}", spaces(indent + 4));
    if head.ends_with("= ") && width(&joined) <= CALL && width(&next) <= LINE {
        return format!("{}\n{next}", head.trim_end());
    }
    let broken = |argument: &String| {
        if argument == "columns!()" {
            argument.clone()
        } else {
            string_lines(argument, indent + 4)
        }
    };
    let lines: Vec<_> = arguments.iter().map(broken).collect();
    format!(
        "{head}concat!(\n{}{}){tail}",
        vertical(&lines, indent + 4),
        spaces(indent)
    )
}

/// A string literal at this indent, continued with `\` at spaces outside quotes, so that no line gets too long; if
/// possible before a word that begins a clause.
fn string_lines(text: &str, indent: usize) -> String {
    let limit = LINE - indent - 4;
    let words: Vec<String> = unquoted_words(text).into_iter().map(escaped).collect();
    let mut lines: Vec<String> = Vec::new();
    let mut line: Vec<&String> = Vec::new();
    let mut length = 0;
    for word in &words {
        if !line.is_empty() && length + width(word) > limit {
            let clause = line
                .iter()
                .rposition(|word| CLAUSES.contains(&word.trim_end()))
                .filter(|at| *at > 0);
            let rest = line.split_off(clause.unwrap_or(line.len()));
            lines.push(line.into_iter().map(String::as_str).collect());
            line = rest;
            length = line.iter().map(|word| width(word)).sum();
        }
        length += width(word);
        line.push(word);
    }
    lines.push(line.into_iter().map(String::as_str).collect());
    format!("\"{}\"", lines.join(&format!("\\\n{} ", spaces(indent))))
}

const CLAUSES: &[&str] = &[
    "where",
    "and",
    "order",
    "limit",
    "on",
    "do",
    "returning",
    "values",
    "from",
];

fn escaped(text: &str) -> String {
    let quoted = literal(text);
    quoted
        .get(1..quoted.len() - 1)
        .unwrap_or_default()
        .to_owned()
}

/// The text in pieces, each of which ends after a space that is outside quotes and followed by something else.
fn unquoted_words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut quote = None;
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, ' ') if chars.peek().is_some_and(|(_, next)| !next.is_whitespace()) => {
                words.push(&text[start..=at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    words.push(&text[start..]);
    words
}

/// `use` lines of full paths, grouped by module; `reexport = true` makes them `pub`.
fn uses(paths: Vec<Value>, options: Kwargs) -> Result<Value, Error> {
    let prefix = if options.get::<Option<bool>>("reexport")?.unwrap_or(false) {
        "pub use"
    } else {
        "use"
    };
    let indent = spaces(options.get::<Option<usize>>("indent")?.unwrap_or(0));
    options.assert_all_used()?;
    let mut modules: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in strings(&paths)? {
        let (module, name) = path.rsplit_once("::").unwrap_or(("", &path));
        modules
            .entry(module.to_owned())
            .or_default()
            .push(name.to_owned());
    }
    let mut lines: Vec<(UseKey, String)> = Vec::new();
    for (module, mut names) in modules {
        names.sort_by_key(|name| version_key(name));
        names.dedup();
        let last = if let [name] = names.as_slice() {
            name
        } else {
            "{"
        };
        lines.push((
            use_key(&join_path(&module, last)),
            use_line(prefix, &module, &names),
        ));
    }
    lines.sort();
    let lines: Vec<_> = lines
        .into_iter()
        .map(|(_, line)| {
            format!(
                "{indent}{line}
"
            )
        })
        .collect();
    Ok(printed(lines.concat()))
}

fn join_path(module: &str, name: &str) -> String {
    if module.is_empty() {
        name.to_owned()
    } else {
        format!("{module}::{name}")
    }
}

fn use_line(prefix: &str, module: &str, names: &[String]) -> String {
    if let [name] = names {
        return format!("{prefix} {};", join_path(module, name));
    }
    let line = format!("{prefix} {module}::{{{}}};", names.join(", "));
    if width(&line) <= LINE {
        return line;
    }
    format!("{prefix} {module}::{{\n{}}};", filled(names, 4))
}

/// The order of `use` lines: `crate` first, then segment by segment, a list last.
type UseKey = Vec<(u8, Vec<Chunk>)>;

fn use_key(path: &str) -> UseKey {
    let rank = |segment: &str| match segment {
        "self" => 0,
        "super" => 1,
        "crate" => 2,
        "{" => 4,
        _ => 3,
    };
    path.split("::")
        .map(|segment| (rank(segment), version_key(segment)))
        .collect()
}

/// A part of a name in version order: numbers by value, all else by character, `_` before both.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Chunk {
    Underscore,
    Text(char),
    Number(u128, usize),
}

fn version_key(name: &str) -> Vec<Chunk> {
    let name = name.strip_prefix("r#").unwrap_or(name);
    let mut chunks = Vec::new();
    let mut digits = String::new();
    let flush = |digits: &mut String, chunks: &mut Vec<Chunk>| {
        if let Ok(number) = digits.parse() {
            chunks.push(Chunk::Number(number, digits.len()));
        }
        digits.clear();
    };
    for c in name.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        flush(&mut digits, &mut chunks);
        chunks.push(if c == '_' {
            Chunk::Underscore
        } else {
            Chunk::Text(c)
        });
    }
    flush(&mut digits, &mut chunks);
    chunks
}

fn indent_of(head: &str) -> usize {
    head.len() - head.trim_start_matches(' ').len()
}

fn spaces(count: usize) -> String {
    " ".repeat(count)
}

/// The columns that a line takes; the longest line counts.
fn width(text: &str) -> usize {
    let of_line = |line: &str| {
        if line.is_ascii() {
            line.len()
        } else {
            line.chars().count()
        }
    };
    if !text.as_bytes().contains(&b'\n') {
        return of_line(text);
    }
    text.split('\n').map(of_line).max().unwrap_or(0)
}
