//! The template engine: every piece of text that the compiler emits comes from a template.
//!
//! The templates of the folder `templates/` are in the binary; a project can replace each by name. In a template of SQL
//! or of Rust, a string can only be printed through a filter that says what it is (`|ident`, `|lit`, `|rust_str`, …);
//! text that is SQL already ([`Sql`](crate::kinds::Sql)) is printed as it is. See [`guard`].

mod doc_comment;
mod embedded;
mod error;
pub mod guard;
pub mod names;
mod rust_filters;
mod sql_filters;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, TemplateSource, UndefinedBehavior, Value};
use serde::Serialize;

pub use error::TemplateError;
pub(crate) use rust_filters::string_literal;

/// The templates of one project, compiled when they are first used and then kept.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
    own: Arc<BTreeMap<String, String>>,
    record: Option<Mutex<Vec<(String, serde_json::Value)>>>,
}

/// The version of what templates are given; it grows when something is renamed or goes.
pub const CONTEXT_VERSION: u32 = 1;

impl Templates {
    /// The embedded templates; `|qname` leaves out the schema where it is `default_schema`.
    pub fn embedded(default_schema: &str) -> Self {
        Self::with_own(default_schema, BTreeMap::new())
    }

    /// The embedded templates, those of the same name replaced by a project's own.
    pub fn with_own(default_schema: &str, own: BTreeMap<String, String>) -> Self {
        let own = Arc::new(own);
        let environment = environment(default_schema, Arc::clone(&own));
        Self {
            environment,
            own,
            record: None,
        }
    }

    /// The names of all templates, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let embedded = embedded::EMBEDDED.iter().map(|(name, _)| *name);
        let mut names: Vec<_> = embedded
            .chain(self.own.keys().map(String::as_str))
            .collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter()
    }

    /// The text of a template.
    pub fn source(&self, name: &str) -> Option<&str> {
        source(&self.own, name)
    }

    /// Whether a template is the project's own.
    pub fn is_own(&self, name: &str) -> bool {
        self.own.contains_key(name)
    }

    /// What is wrong with the project's own templates, before any is used; the embedded ones are tested.
    pub fn check(&self) -> Vec<TemplateError> {
        let own = self.own.keys();
        own.filter_map(|name| self.get(name).err()).collect()
    }

    /// The same, keeping what each template is given.
    #[must_use]
    pub fn recording(self) -> Self {
        Self {
            record: Some(Mutex::default()),
            ..self
        }
    }

    /// What was rendered since [`recording`](Self::recording) began: each template with what it was given, in an order
    /// that does not depend on which was first.
    pub fn recorded(&self) -> Vec<(String, serde_json::Value)> {
        let record = self.record.as_ref().map(|record| {
            let record = record.lock().unwrap_or_else(PoisonError::into_inner);
            record.clone()
        });
        let mut record = record.unwrap_or_default();
        record.sort_by_cached_key(|(template, context)| (template.clone(), context.to_string()));
        record
    }

    /// Renders a template.
    pub fn render(&self, name: &str, context: impl Serialize) -> Result<String, TemplateError> {
        let template = self.get(name)?;
        if let Some(record) = &self.record
            && let Ok(context) = serde_json::to_value(&context)
        {
            let mut record = record.lock().unwrap_or_else(PoisonError::into_inner);
            record.push((name.to_owned(), context));
        }
        template
            .render(Value::from(Serde(context)))
            .map_err(|error| TemplateError::new(name, &error, |name| self.source(name)))
    }

    fn get(&self, name: &str) -> Result<minijinja::Template<'_, '_>, TemplateError> {
        self.environment
            .get_template(name)
            .map_err(|error| TemplateError::new(name, &error, |name| self.source(name)))
    }
}

fn source<'a>(own: &'a BTreeMap<String, String>, name: &str) -> Option<&'a str> {
    own.get(name)
        .map(String::as_str)
        .or_else(|| embedded::find(name))
}

fn environment(default_schema: &str, own: Arc<BTreeMap<String, String>>) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_debug(true);
    environment.set_syntax(syntax());
    environment.set_auto_escape_callback(guard::auto_escape);
    environment.set_formatter(guard::print);
    environment.set_loader(move |name| {
        Ok(source(&own, name).map(|text| TemplateSource::new(text.to_owned())))
    });
    // Both print a string as it is, past the guard.
    environment.remove_filter("safe");
    environment.remove_filter("tojson");
    sql_filters::add(&mut environment, default_schema);
    rust_filters::add(&mut environment);
    crate::render::rust::layout::add(&mut environment);
    environment
}

/// A block's tag takes its whole line away; the newline at the end of a file stays.
fn syntax() -> SyntaxConfig {
    let mut builder = SyntaxConfig::builder();
    builder
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true);
    builder.build().unwrap_or_default()
}

#[cfg(test)]
mod tests;
