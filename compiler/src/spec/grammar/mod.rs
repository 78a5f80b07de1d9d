//! What a spec may say: every key of every kind, declared once.
//!
//! The declarations are used four times: to check a file ([`check`]), to read it, to write the reference page
//! ([`reference`]) and to write the JSON schema that editors use ([`schema`]).

pub mod check;
pub mod reference;
pub mod schema;

/// The form of a value.
#[derive(Debug)]
pub enum Form {
    /// Any text.
    Text,
    /// A name, exactly as PostgreSQL keeps it: never folded to lower case, never quoted.
    Name,
    /// A name in the default schema or `schema.name`; a part that holds a dot is put in double quotes.
    QName,
    /// A type in any spelling that PostgreSQL accepts.
    Type,
    /// SQL.
    Sql(SqlForm),
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Anything that TOML can say.
    Any,
    /// Text, a number, `true` or `false`.
    Scalar,
    /// A typed value, or `{ sql = "…" }`.
    Value,
    /// A list.
    List(&'static Form),
    /// A table whose keys are names that the author chooses.
    Map(&'static Form),
    /// A table with these keys.
    Object(&'static Keys),
    /// A table that is one of several things, told apart by a key that only one of them has; `""` for the one without.
    Variants(&'static [(&'static str, &'static Keys)]),
    /// A short form or a long form.
    Either(&'static Form, &'static Form),
}

/// What a piece of SQL has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SqlForm {
    /// An expression.
    Expression,
    /// A query: `select`, `values`, `table`, `with`.
    Query,
    /// One or more statements.
    Statements,
    /// Something only its context can judge: an index key, a partition bound.
    Fragment,
}

/// A key: its name, what stands behind it, and what it means.
#[derive(Debug)]
pub struct Key {
    /// The name.
    pub name: &'static str,
    /// The form of its value.
    pub form: Form,
    /// What it means, in one line.
    pub doc: &'static str,
    /// A value, as it is written in TOML.
    pub example: &'static str,
    /// Whether it can't be left out.
    pub required: bool,
    /// The version of PostgreSQL that brought it; 0 when all supported ones have it.
    pub since: u32,
}

/// The keys of one table in TOML.
#[derive(Debug)]
pub struct Keys {
    /// What the table describes, as a noun: `table`, `column`.
    pub title: &'static str,
    /// A few sentences for the reference page.
    pub doc: &'static str,
    /// The keys.
    pub keys: &'static [Key],
    /// Keys that it shares with others.
    pub shared: &'static [&'static Keys],
    /// Words that people bring along, and what to write here instead.
    pub instead: &'static [(&'static str, &'static str)],
}

/// A key that can be left out.
pub const fn key(name: &'static str, form: Form, doc: &'static str, example: &'static str) -> Key {
    Key {
        name,
        form,
        doc,
        example,
        required: false,
        since: 0,
    }
}

/// A key that must be there.
pub const fn required(
    name: &'static str,
    form: Form,
    doc: &'static str,
    example: &'static str,
) -> Key {
    Key {
        required: true,
        ..key(name, form, doc, example)
    }
}

impl Key {
    /// The same, brought by that version of PostgreSQL.
    #[must_use]
    pub const fn since(self, postgresql: u32) -> Self {
        Self {
            since: postgresql,
            ..self
        }
    }
}

impl Keys {
    /// All keys, the shared ones at the end.
    pub fn all(&self) -> Vec<&'static Key> {
        let shared = self.shared.iter().flat_map(|keys| keys.all());
        self.keys.iter().chain(shared).collect()
    }

    /// The key with that name.
    pub fn find(&self, name: &str) -> Option<&'static Key> {
        let own = self.keys.iter().find(|key| key.name == name);
        own.or_else(|| self.shared.iter().find_map(|keys| keys.find(name)))
    }
}

impl Form {
    /// A list of names.
    pub const NAMES: Form = Form::List(&Form::Name);
    /// A list of texts.
    pub const TEXTS: Form = Form::List(&Form::Text);
    /// An expression.
    pub const EXPRESSION: Form = Form::Sql(SqlForm::Expression);
    /// Names and scalar values, as in `WITH (fillfactor = 70)`.
    pub const SETTINGS: Form = Form::Map(&Form::Scalar);

    /// What a value of this form is, for people: `a list of names`.
    pub fn describe(&self) -> String {
        match self {
            Form::Text => "text".to_owned(),
            Form::Name | Form::QName => "a name".to_owned(),
            Form::Type => "a type".to_owned(),
            Form::Sql(SqlForm::Expression) => "an SQL expression".to_owned(),
            Form::Sql(SqlForm::Query) => "an SQL query".to_owned(),
            Form::Sql(SqlForm::Statements) => "SQL statements".to_owned(),
            Form::Sql(SqlForm::Fragment) => "SQL".to_owned(),
            Form::Integer => "a whole number".to_owned(),
            Form::Number => "a number".to_owned(),
            Form::Boolean => "true or false".to_owned(),
            Form::Choice(words) => one_of(words),
            Form::Any => "a value".to_owned(),
            Form::Scalar => "text, a number, true or false".to_owned(),
            Form::Value => "a value, or { sql = \"…\" }".to_owned(),
            Form::List(item) => format!("a list: [{}, …]", item.describe()),
            Form::Map(item) => format!("a table: {{ name = {}, … }}", item.describe()),
            Form::Object(keys) => match keys.all().into_iter().find(|key| key.required) {
                Some(key) => format!("a table: {{ {} = {}, … }}", key.name, key.example),
                None => "a table: { … }".to_owned(),
            },
            Form::Variants(_) => "a table: { … }".to_owned(),
            Form::Either(short, long) => format!("{} or {}", short.describe(), long.describe()),
        }
    }
}

fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}
