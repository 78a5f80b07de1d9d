//! Whether a file says what its keys allow: unknown keys, missing keys, values of another form, SQL that doesn't parse.

use super::{Form, Key, Keys, SqlForm};
use crate::diagnostics::Diagnostic;
use crate::spec::suggest;
use crate::spec::value::{Name, Value};
use crate::sql::{self, SqlError, TypeName};

/// What is wrong so far.
#[derive(Debug)]
pub struct Findings<'f> {
    postgresql: u32,
    list: &'f mut Vec<Diagnostic>,
}

impl<'f> Findings<'f> {
    /// Findings of a project for that version of PostgreSQL, added to the list.
    pub fn new(postgresql: u32, list: &'f mut Vec<Diagnostic>) -> Self {
        Self { postgresql, list }
    }

    fn push(&mut self, found: Diagnostic) {
        self.list.push(found);
    }

    fn extend(&mut self, found: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(found);
    }
}

/// Checks a value; what is wrong is added to `found`.
pub fn check(value: Value<'_>, form: &Form, found: &mut Findings<'_>) {
    if !fits(value, form) {
        found.push(wrong_form(value, form));
        return;
    }
    match form {
        Form::Object(keys) => object(value, keys, found),
        Form::Variants(variants) => variant(value, variants, found),
        Form::Value if value.table().is_some() => object(value, &VALUE, found),
        Form::Map(item) => map(value, item, found),
        Form::List(item) => value.items().for_each(|v| check(v, item, found)),
        Form::Either(short, long) => {
            let form = if fits(value, long) { long } else { short };
            check(value, form, found);
        }
        Form::Name | Form::QName => found.extend(empty_name(value)),
        Form::Type => type_text(value, found),
        Form::Sql(part) => sql_text(value, *part, found),
        Form::Choice(words) => found.extend(unknown_word(value, words)),
        Form::Text
        | Form::Any
        | Form::Integer
        | Form::Number
        | Form::Boolean
        | Form::Scalar
        | Form::Value => {}
    }
}

/// The long form of a value.
pub static VALUE: Keys = Keys {
    title: "expression",
    doc: "An SQL expression in the place of a plain value.",
    keys: &[super::required(
        "sql",
        Form::EXPRESSION,
        "An expression that PostgreSQL evaluates.",
        "\"now()\"",
    )],
    shared: &[],
    instead: &[],
};

fn object(value: Value<'_>, keys: &'static Keys, found: &mut Findings<'_>) {
    for (name, inner) in value.entries() {
        match keys.find(name.as_str()) {
            Some(key) => {
                found.extend(too_new(name, key, found.postgresql));
                check(inner, &key.form, found);
            }
            None => found.push(unknown_key(name, keys)),
        }
    }
    // An unknown key that was meant for it has been named.
    let is_meant = |key: &Key| {
        let mut unknown = value
            .entries()
            .filter(|(name, _)| keys.find(name.as_str()).is_none());
        unknown.any(|(name, _)| nearest(name.as_str(), keys) == Some(key.name))
    };
    for key in keys.all().into_iter().filter(|key| key.required) {
        if value.get(key.name).is_none() && !is_meant(key) {
            found.push(missing_key(value, key, keys));
        }
    }
}

fn variant(value: Value<'_>, variants: &[(&'static str, &'static Keys)], found: &mut Findings<'_>) {
    match pick(value, variants) {
        Some(keys) => object(value, keys, found),
        None => found.push(no_variant(value, variants)),
    }
}

/// Which of several things a table is.
fn pick(value: Value<'_>, variants: &[(&'static str, &'static Keys)]) -> Option<&'static Keys> {
    let mut fitting = variants
        .iter()
        .filter(|(marker, _)| marker.is_empty() || value.get(marker).is_some());
    fitting.next().map(|(_, keys)| *keys)
}

fn no_variant(value: Value<'_>, variants: &[(&'static str, &'static Keys)]) -> Diagnostic {
    let markers = variants.iter().map(|(marker, _)| *marker);
    let message = format!("this says none of {}", suggest::list(markers.clone()));
    let near = value.entries().find_map(|(name, _)| {
        let near = suggest::nearest(name.as_str(), markers.clone())?;
        Some((name.place(), format!("did you mean `{near}`?")))
    });
    match near {
        Some((place, help)) => Diagnostic::error("missing-key", place, message).help(help),
        None => Diagnostic::error("missing-key", value.place(), message)
            .help("one of them says what it is"),
    }
}

/// What is wrong with a key that is a name, with or without its schema.
fn name_problem(name: &str) -> Option<String> {
    let problem = sql::name_problem(name)?;
    let parts = name.split_once('.').map(|(schema, name)| [schema, name]);
    let good =
        parts.is_some_and(|parts| parts.iter().all(|part| sql::name_problem(part).is_none()));
    (!good).then_some(problem)
}

fn map(value: Value<'_>, item: &Form, found: &mut Findings<'_>) {
    for (name, inner) in value.entries() {
        if let Some(problem) = name_problem(name.as_str()) {
            found.push(Diagnostic::error("bad-name", name.place(), problem));
        }
        check(inner, item, found);
    }
}

/// Whether the value has the outer form; what is inside is not looked at.
fn fits(value: Value<'_>, form: &Form) -> bool {
    use toml::de::DeValue as V;
    match value.get_ref() {
        V::String(_) => form.takes_text(),
        V::Integer(_) if value.as_integer().is_none() => matches!(form, Form::Any),
        V::Integer(_) => form.takes(|form| {
            matches!(
                form,
                Form::Integer | Form::Number | Form::Scalar | Form::Value
            )
        }),
        V::Float(_) => form.takes(|form| matches!(form, Form::Number | Form::Scalar | Form::Value)),
        V::Boolean(_) => {
            form.takes(|form| matches!(form, Form::Boolean | Form::Scalar | Form::Value))
        }
        V::Datetime(_) => form.takes(|form| matches!(form, Form::Value)),
        V::Array(_) => form.takes(|form| matches!(form, Form::List(_) | Form::Value)),
        V::Table(_) => form.takes(|form| {
            matches!(
                form,
                Form::Map(_) | Form::Object(_) | Form::Variants(_) | Form::Value
            )
        }),
    }
}

impl Form {
    /// Whether this form, or one of its alternatives, is one of those.
    fn takes(&self, wanted: fn(&Form) -> bool) -> bool {
        match self {
            Form::Either(short, long) => short.takes(wanted) || long.takes(wanted),
            form => matches!(form, Form::Any) || wanted(form),
        }
    }

    fn takes_text(&self) -> bool {
        self.takes(|form| {
            matches!(
                form,
                Form::Text
                    | Form::Name
                    | Form::QName
                    | Form::Type
                    | Form::Sql(_)
                    | Form::Choice(_)
                    | Form::Scalar
                    | Form::Value
            )
        })
    }
}

/// The key that a word was probably meant for.
fn nearest(word: &str, keys: &Keys) -> Option<&'static str> {
    suggest::nearest(word, keys.all().into_iter().map(|key| key.name))
}

fn unknown_key(name: Name<'_>, keys: &Keys) -> Diagnostic {
    let word = name.as_str();
    let instead = keys.instead.iter().find(|(from, _)| *from == word);
    let help = match instead {
        Some((_, text)) => (*text).to_owned(),
        None => match nearest(word, keys) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "the keys of {} {} are {}",
                article(keys.title),
                keys.title,
                suggest::list(keys.all().iter().map(|key| key.name))
            ),
        },
    };
    let message = format!("{} {} has no key `{word}`", article(keys.title), keys.title);
    Diagnostic::error("unknown-key", name.place(), message)
        .label("unknown key")
        .help(help)
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o']) {
        "an"
    } else {
        "a"
    }
}

fn too_new(name: Name<'_>, key: &Key, postgresql: u32) -> Option<Diagnostic> {
    let message = format!("`{}` needs PostgreSQL {}", key.name, key.since);
    (key.since > postgresql).then(|| {
        Diagnostic::error("needs-postgresql", name.place(), message).help(format!(
            "the project is for PostgreSQL {postgresql}: see `postgresql` in tablec.toml"
        ))
    })
}

fn missing_key(value: Value<'_>, key: &Key, keys: &Keys) -> Diagnostic {
    let message = format!("this {} has no `{}`", keys.title, key.name);
    Diagnostic::error("missing-key", value.place(), message)
        .label(format!("`{}` is missing", key.name))
        .help(format!(
            "add `{} = {}`: {}",
            key.name,
            key.example,
            lower_first(key.doc)
        ))
}

fn wrong_form(value: Value<'_>, form: &Form) -> Diagnostic {
    let message = format!("expected {}, found {}", form.describe(), value.describe());
    let found = Diagnostic::error("wrong-form", value.place(), message)
        .label(format!("this is {}", value.describe()));
    match meant(value, form) {
        Some(meant) => found.help(format!("write `{meant}`")),
        None => found,
    }
}

/// The value in the form that was probably meant: one item for a list, the first key's value for a table.
fn meant(value: Value<'_>, form: &Form) -> Option<String> {
    let text = value.as_text()?;
    let written = value.written().filter(|written| !written.contains('\n'))?;
    match form {
        Form::Either(short, long) => meant(value, short).or_else(|| meant(value, long)),
        Form::List(item) if fits(value, item) => Some(format!("[{written}]")),
        Form::Object(keys) => {
            let first = keys.keys.first().filter(|key| fits(value, &key.form))?;
            Some(format!("{{ {} = {written} }}", first.name))
        }
        Form::Boolean if ["yes", "on", "true"].contains(&text) => Some("true".to_owned()),
        Form::Boolean if ["no", "off", "false"].contains(&text) => Some("false".to_owned()),
        Form::Integer if text.parse::<i64>().is_ok() => Some(text.to_owned()),
        Form::Number if text.parse::<f64>().is_ok() => Some(text.to_owned()),
        _ => None,
    }
}

fn empty_name(value: Value<'_>) -> Option<Diagnostic> {
    let empty = value.as_text().is_some_and(str::is_empty);
    empty.then(|| Diagnostic::error("bad-name", value.place(), "a name can't be empty"))
}

fn unknown_word(value: Value<'_>, words: &[&'static str]) -> Option<Diagnostic> {
    let word = value.as_text().filter(|word| !words.contains(word))?;
    let message = format!(
        "`{word}` is not one of {}",
        suggest::list(words.iter().copied())
    );
    let found = Diagnostic::error("unknown-word", value.place(), message);
    Some(match suggest::nearest(word, words.iter().copied()) {
        Some(near) => found.help(format!("did you mean \"{near}\"?")),
        None => found,
    })
}

fn type_text(value: Value<'_>, found: &mut Findings<'_>) {
    if let Some(Err(error)) = value.as_text().map(TypeName::parse) {
        found.push(sql_error("type-syntax", value, error));
    }
}

fn sql_text(value: Value<'_>, part: SqlForm, found: &mut Findings<'_>) {
    let text = value.as_text().unwrap_or_default();
    let errors = sql_errors(text, part);
    found.extend(
        errors
            .into_iter()
            .map(|error| sql_error("sql-syntax", value, error)),
    );
}

fn sql_errors(text: &str, part: SqlForm) -> Vec<SqlError> {
    if text.trim().is_empty() {
        let message = "there is no SQL here".to_owned();
        let range = 0..text.len();
        return vec![SqlError { range, message }];
    }
    match part {
        SqlForm::Expression => sql::check_expression(text),
        SqlForm::Query => sql::check_query(text),
        SqlForm::Statements => sql::check_statements(text),
        SqlForm::Fragment => Vec::new(),
    }
}

fn sql_error(code: &'static str, value: Value<'_>, error: SqlError) -> Diagnostic {
    let place = value.place_within(error.range);
    Diagnostic::error(code, place, error.message)
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(characters).collect()
}
