//! A parsed TOML value that knows where it stands.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeString, DeTable, DeValue};

use super::escapes;
use crate::diagnostics::{Place, SourceFile};

/// A value in a file.
#[derive(Clone, Copy, Debug)]
pub struct Value<'t> {
    file: &'t SourceFile,
    inner: &'t Spanned<DeValue<'t>>,
}

/// A key in a file: a name that an author chose.
#[derive(Clone, Copy, Debug)]
pub struct Name<'t> {
    file: &'t SourceFile,
    inner: &'t Spanned<DeString<'t>>,
}

impl<'t> Value<'t> {
    /// A value that was parsed from that file.
    pub fn new(file: &'t SourceFile, inner: &'t Spanned<DeValue<'t>>) -> Self {
        Self { file, inner }
    }

    /// The file.
    pub fn file(self) -> &'t SourceFile {
        self.file
    }

    /// The value without its place.
    pub fn get_ref(self) -> &'t DeValue<'t> {
        self.inner.get_ref()
    }

    /// Where it stands.
    pub fn place(self) -> Place {
        self.file.place(self.inner.span())
    }

    /// Where a part of this text stands: the bytes of the text as it reads, mapped to the bytes as it is written.
    pub fn place_within(self, part: Range<usize>) -> Place {
        let span = self.inner.span();
        let raw = self.file.text.get(span.clone()).unwrap_or_default();
        let start = span.start + escapes::written_offset(raw, part.start);
        let end = span.start + escapes::written_offset(raw, part.end);
        self.file.place(start..end.max(start))
    }

    /// The table.
    pub fn table(self) -> Option<&'t DeTable<'t>> {
        match self.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The value behind a key of this table.
    pub fn get(self, key: &str) -> Option<Value<'t>> {
        let inner = self.table()?.get(key)?;
        Some(Value::new(self.file, inner))
    }

    /// The key itself, where this table has it.
    pub fn key(self, key: &str) -> Option<Name<'t>> {
        let (inner, _) = self.table()?.get_key_value(key)?;
        Some(Name {
            file: self.file,
            inner,
        })
    }

    /// The keys and values of this table in the order of the file; none when it is no table.
    pub fn entries(self) -> impl Iterator<Item = (Name<'t>, Value<'t>)> {
        let file = self.file;
        self.table().into_iter().flatten().map(move |(key, value)| {
            let name = Name { file, inner: key };
            (name, Value::new(file, value))
        })
    }

    /// The keys and values of the table behind a key.
    pub fn entries_of(self, key: &str) -> impl Iterator<Item = (Name<'t>, Value<'t>)> {
        self.get(key).into_iter().flat_map(Value::entries)
    }

    /// The items of this list; none when it is no list.
    pub fn items(self) -> impl Iterator<Item = Value<'t>> {
        let file = self.file;
        let list: Option<&DeArray<'_>> = match self.get_ref() {
            DeValue::Array(list) => Some(list),
            _ => None,
        };
        list.into_iter()
            .flat_map(|list| list.iter())
            .map(move |inner| Value::new(file, inner))
    }

    /// The items of the list behind a key.
    pub fn items_of(self, key: &str) -> impl Iterator<Item = Value<'t>> {
        self.get(key).into_iter().flat_map(Value::items)
    }

    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        matches!(self.get_ref(), DeValue::Array(_))
    }

    /// This text.
    pub fn as_text(self) -> Option<&'t str> {
        match self.get_ref() {
            DeValue::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text behind a key.
    pub fn text(self, key: &str) -> Option<String> {
        self.get(key)?.as_text().map(str::to_owned)
    }

    /// The texts of the list behind a key.
    pub fn texts(self, key: &str) -> Vec<String> {
        self.items_of(key)
            .filter_map(|item| item.as_text().map(str::to_owned))
            .collect()
    }

    /// Whether `true` stands behind the key.
    pub fn flag(self, key: &str) -> bool {
        matches!(
            self.get(key).map(Value::get_ref),
            Some(DeValue::Boolean(true))
        )
    }

    /// This whole number.
    pub fn as_integer(self) -> Option<i64> {
        match self.get_ref() {
            DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).ok(),
            _ => None,
        }
    }

    /// The whole number behind a key.
    pub fn integer<N: TryFrom<i64>>(self, key: &str) -> Option<N> {
        N::try_from(self.get(key)?.as_integer()?).ok()
    }

    /// This text, number or truth value, as text.
    pub fn as_scalar(self) -> Option<String> {
        match self.get_ref() {
            DeValue::String(text) => Some(text.clone().into_owned()),
            DeValue::Integer(_) => self.as_integer().map(|n| n.to_string()),
            DeValue::Float(n) => Some(n.as_str().to_owned()),
            DeValue::Boolean(flag) => Some(flag.to_string()),
            DeValue::Datetime(time) => Some(time.to_string()),
            DeValue::Array(_) | DeValue::Table(_) => None,
        }
    }

    /// The names and scalar values of the table behind a key.
    pub fn settings(self, key: &str) -> crate::kinds::Options {
        self.entries_of(key)
            .filter_map(|(name, value)| Some((name.to_string(), value.as_scalar()?)))
            .collect()
    }

    /// The value as it is written.
    pub fn written(self) -> Option<String> {
        self.file.text.get(self.inner.span()).map(str::to_owned)
    }

    /// What kind of TOML value it is, for people.
    pub fn describe(self) -> &'static str {
        match self.get_ref() {
            DeValue::String(_) => "text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a decimal number",
            DeValue::Boolean(_) => "a truth value",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        }
    }
}

impl<'t> Name<'t> {
    /// The name.
    pub fn as_str(self) -> &'t str {
        let text: &'t Cow<'t, str> = self.inner.get_ref();
        text
    }

    /// Where it stands.
    pub fn place(self) -> Place {
        self.file.place(self.inner.span())
    }
}

impl std::fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
