//! What reading a spec adds to: the catalog, the hints, where everything stands, what is wrong.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use rayon::prelude::*;

use super::grammar::Form;
use super::grammar::check::{self, Findings};
use super::names;
use super::value::{Name, Value};
use super::{Project, Spec};
use crate::catalog::{Id, Object, QName, Rename};
use crate::diagnostics::{Diagnostic, Place, SourceFile};
use crate::sql::{self, TypeName};

/// The reading of one spec.
#[derive(Debug)]
pub struct Reader<'t> {
    /// What is read.
    pub spec: Spec,
    /// What is wrong.
    pub found: Vec<Diagnostic>,
    /// Looked up more often than anything else, and never walked.
    declared: HashMap<Id, Declared<'t>>,
    /// Where each column, attribute and label is declared.
    parts: HashMap<Id, HashMap<String, Place>>,
    /// Files that are no sound TOML: what they say is not judged.
    broken: BTreeSet<&'t Path>,
    /// Files that are no TOML, by path: the bodies beside functions and views.
    texts: BTreeMap<&'t Path, &'t SourceFile>,
}

/// Where an object is declared.
#[derive(Clone, Debug)]
pub struct Declared<'t> {
    /// Its name: a key, or the file as a whole.
    pub name: Place,
    /// The value that says what it is. For a short form on a column: the column.
    pub value: Value<'t>,
    /// Whether it is said, and does not only follow from what is said of a parent.
    pub written: bool,
}

impl<'t> Reader<'t> {
    /// An empty reading of a project.
    pub fn new(project: Project, texts: impl Iterator<Item = &'t SourceFile>) -> Self {
        let mut catalog = crate::catalog::Catalog::new(&project.default_schema);
        catalog.postgresql = Some(project.postgresql);
        Self {
            spec: Spec {
                project,
                catalog,
                ..Spec::default()
            },
            found: Vec::new(),
            declared: HashMap::new(),
            parts: HashMap::new(),
            broken: BTreeSet::new(),
            texts: texts.map(|file| (file.path.as_path(), file)).collect(),
        }
    }

    /// The schema that unqualified names mean.
    pub fn default_schema(&self) -> &str {
        &self.spec.catalog.default_schema
    }

    /// Adds something that is wrong.
    pub fn report(&mut self, found: Diagnostic) {
        self.found.push(found);
    }

    /// Checks values against what may be said in each of them.
    pub fn check(&mut self, values: Vec<Value<'_>>, form: &Form) {
        let postgresql = self.spec.project.postgresql;
        let found_in = |value| {
            let mut found = Vec::new();
            check::check(value, form, &mut Findings::new(postgresql, &mut found));
            found
        };
        let found: Vec<_> = values.into_par_iter().map(found_in).collect();
        self.found.extend(found.into_iter().flatten());
    }

    /// Adds an object. One that is declared already is an error, and the first one stays.
    pub fn declare(&mut self, id: Id, name: Place, value: Value<'t>, object: Object) {
        let problem = sql::name_problem(own_name(&id, &object));
        // A key is checked where it stands, with all other keys.
        if let Some(problem) = problem.filter(|_| name.is_whole()) {
            self.report(Diagnostic::error("bad-name", name.clone(), problem));
        }
        if let Some(first) = self.declared.get(&id) {
            let message = format!("{id} is declared twice");
            let found = Diagnostic::error("duplicate", name, message)
                .label("declared again here")
                .related(first.name.clone(), "first declared here");
            return self.report(found);
        }
        self.spec.sources.insert(id.clone(), name.clone());
        self.declared.insert(
            id.clone(),
            Declared {
                name,
                value,
                written: true,
            },
        );
        self.spec.catalog.objects.insert(id, object);
    }

    /// Adds an object that follows from another, where that one is declared.
    pub fn derive(&mut self, of: &Id, id: &Id, object: Object) {
        let Some(Declared { name, value, .. }) = self.declared.get(of).cloned() else {
            return;
        };
        self.declare(id.clone(), name, value, object);
        if let Some(declared) = self.declared.get_mut(id) {
            declared.written = false;
        }
    }

    /// Where an object is declared.
    pub fn declared(&self, id: &Id) -> Option<&Declared<'t>> {
        self.declared.get(id)
    }

    /// Where a part of an object stands: the value at the end of a path of keys, or the nearest thing there is.
    pub fn place(&self, id: &Id, path: &[&str]) -> Place {
        let Some(declared) = self.declared.get(id) else {
            return Place::default();
        };
        let mut at = (declared.value, declared.name.clone());
        for key in path {
            let Some(next) = at.0.get(key) else {
                break;
            };
            at = (next, next.place());
        }
        at.1
    }

    /// Where the name of a column, attribute or label stands, or the object that should have it.
    pub fn part_place(&self, id: &Id, part: &str) -> Place {
        let known = self.parts.get(id).and_then(|parts| parts.get(part));
        known.cloned().unwrap_or_else(|| self.place(id, &[]))
    }

    /// The value of a part of an object, where it is said.
    pub fn value_at(&self, id: &Id, path: &[&str]) -> Option<Value<'t>> {
        let start = self.declared.get(id)?.value;
        path.iter().try_fold(start, |value, key| value.get(key))
    }

    /// Notes `renamed_from`.
    pub fn renamed(&mut self, id: &Id, part: Option<&str>, value: Value<'_>) {
        if let Some(from) = value.text("renamed_from") {
            let part = part.map(str::to_owned);
            let id = id.clone();
            self.spec.catalog.renames.push(Rename { id, part, from });
        }
    }

    /// The qualified name behind a key.
    pub fn qname(&self, value: Value<'_>, key: &str) -> Option<QName> {
        Some(self.resolve(value.get(key)?.as_text()?))
    }

    /// The qualified names of the list behind a key.
    pub fn qnames(&self, value: Value<'_>, key: &str) -> Vec<QName> {
        value
            .items_of(key)
            .filter_map(|item| Some(self.resolve(item.as_text()?)))
            .collect()
    }

    /// What `name` or `schema.name` means.
    pub fn resolve(&self, text: &str) -> QName {
        names::resolve(text, self.default_schema())
    }

    /// What `name` means where names without a schema are in that one.
    pub fn resolve_near(&self, text: &str, schema: &str) -> QName {
        names::resolve(text, schema)
    }

    /// The type behind a key as `format_type` prints it; empty where it is missing or doesn't parse, which is said
    /// already.
    pub fn type_text(&self, value: Value<'_>, key: &str) -> String {
        self.type_of(value, key)
            .map(|data_type| data_type.to_string())
            .unwrap_or_default()
    }

    /// A type as `format_type` prints it; a text that is no type as it is.
    pub fn type_name(&self, text: &str) -> String {
        match TypeName::parse(text) {
            Ok(data_type) => data_type.relative_to(self.default_schema()).to_string(),
            Err(_) => text.to_owned(),
        }
    }

    /// The type behind a key.
    pub fn type_of(&self, value: Value<'_>, key: &str) -> Option<TypeName> {
        let text = value.get(key)?.as_text()?;
        let data_type = TypeName::parse(text).ok()?;
        Some(data_type.relative_to(self.default_schema()))
    }

    /// The collation behind a key, as SQL writes it.
    pub fn collation(&self, value: Value<'_>, key: &str) -> Option<String> {
        let name = value.text(key)?;
        let parts = names::parts(&name);
        let quoted: Vec<_> = parts.iter().map(|part| sql::quote_ident(part)).collect();
        Some(quoted.join("."))
    }

    /// The text of a file beside the spec's.
    pub fn text_file(&self, path: &Path) -> Option<&'t SourceFile> {
        self.texts.get(path).copied()
    }

    /// Says that a file is no sound TOML.
    pub fn mark_broken(&mut self, file: &'t Path) {
        self.broken.insert(file);
    }

    /// Whether an object is declared in a file that is no sound TOML.
    pub fn is_broken(&self, id: &Id) -> bool {
        if self.broken.is_empty() {
            return false;
        }
        let declared = self.declared.get(id);
        declared.is_some_and(|declared| self.broken.contains(declared.name.file.as_path()))
    }

    /// What was read, and what is wrong: by file and place. Of a file that is no sound TOML, only that is told.
    pub fn finish(mut self) -> (Spec, Vec<Diagnostic>) {
        let broken = &self.broken;
        self.found.retain(|found| {
            found.code == "toml-syntax" || !broken.contains(found.place.file.as_path())
        });
        self.found.sort_by(|a, b| {
            (&a.place.file, a.place.range.start).cmp(&(&b.place.file, b.place.range.start))
        });
        (self.spec, self.found)
    }

    /// Notes where a column, attribute or label is declared.
    pub fn declare_part(&mut self, id: &Id, part: &str, place: Place) {
        let parts = match self.parts.get_mut(id) {
            Some(parts) => parts,
            None => self.parts.entry(id.clone()).or_default(),
        };
        parts.insert(part.to_owned(), place);
    }

    /// Declares an object of a relation, by its key.
    pub fn declare_named(&mut self, id: Id, name: Name<'t>, value: Value<'t>, object: Object) {
        self.renamed(&id, None, value);
        self.declare(id, name.place(), value, object);
    }
}

/// The name whose length counts: a routine's identity holds its argument types too.
fn own_name<'a>(id: &'a Id, object: &'a Object) -> &'a str {
    use crate::kinds::Body;
    match &object.body {
        Body::Function(function) => &function.name,
        Body::Aggregate(aggregate) => &aggregate.name,
        Body::Raw(_) => "raw",
        _ => &id.name,
    }
}
