//! What the checks ask of a spec, looked up once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::catalog::{Catalog, Id, Object, QName};
use crate::diagnostics::{Diagnostic, Place};
use crate::kinds::extension::Extension;
use crate::kinds::function::Function;
use crate::kinds::table::Table;
use crate::kinds::table::index::Index;
use crate::kinds::{Body, Kind};
use crate::spec::reader::Reader;
use crate::spec::suggest;
use crate::spec::value::Value;

/// A completed spec, and where everything stands.
pub struct Facts<'r, 't> {
    reader: &'r Reader<'t>,
    /// The objects.
    pub catalog: &'r Catalog,
    /// Functions by name.
    pub functions: BTreeMap<QName, Vec<(&'r Id, &'r Function)>>,
    /// Indexes by table.
    pub indexes: BTreeMap<&'r QName, Vec<(&'r Id, &'r Index)>>,
    /// Names of types by name.
    pub types: BTreeSet<QName>,
    /// Tables whose files can be judged, by schema and name.
    tables: HashMap<(&'r str, &'r str), &'r Table>,
}

/// The kinds whose rows a query can read.
pub const RELATIONS: [Kind; 3] = [Kind::Table, Kind::View, Kind::MaterializedView];

impl<'r, 't> Facts<'r, 't> {
    /// The facts of a reading.
    pub fn new(reader: &'r Reader<'t>) -> Self {
        let catalog = &reader.spec.catalog;
        let mut functions: BTreeMap<QName, Vec<_>> = BTreeMap::new();
        for (id, function, _) in catalog.of::<Function>() {
            let name = QName::new(&id.schema, &function.name);
            functions.entry(name).or_default().push((id, function));
        }
        let mut indexes: BTreeMap<&QName, Vec<_>> = BTreeMap::new();
        for (id, index, _) in catalog.of::<Index>() {
            indexes.entry(&index.table).or_default().push((id, index));
        }
        Self {
            reader,
            catalog,
            functions,
            indexes,
            types: types(catalog),
            tables: tables(reader),
        }
    }

    /// Where a part of an object stands.
    pub fn place(&self, id: &Id, path: &[&str]) -> Place {
        self.reader.place(id, path)
    }

    /// Where the name of a column, attribute or label stands.
    pub fn part_place(&self, id: &Id, part: &str) -> Place {
        self.reader.part_place(id, part)
    }

    /// Where an item of a list stands, by its text.
    pub fn item_place(&self, id: &Id, path: &[&str], text: &str) -> Place {
        let list = self.reader.value_at(id, path);
        let item = list.and_then(|list| list.items().find(|item| item.as_text() == Some(text)));
        item.map_or_else(|| self.place(id, path), Value::place)
    }

    /// The value that a part of an object is said with.
    pub fn value(&self, id: &Id, path: &[&str]) -> Option<Value<'t>> {
        self.reader.value_at(id, path)
    }

    /// Whether the author wrote this object, and did not only imply it by its parent's.
    pub fn is_written(&self, id: &Id) -> bool {
        let declared = self.reader.declared(id);
        declared.is_some_and(|declared| declared.written)
    }

    /// Where a part of a body stands that is in a file beside the spec's.
    pub fn body_place(&self, id: &Id, range: std::ops::Range<usize>) -> Place {
        let own = self.place(id, &[]);
        let beside = match self.value(id, &["body_file"]).and_then(Value::as_text) {
            Some(name) => own.file.with_file_name(name),
            None => own.file.with_extension("sql"),
        };
        match self.reader.text_file(&beside) {
            Some(file) => file.place(range),
            None => own,
        }
    }

    /// What the generated code knows of tables and views.
    pub fn hints(&self) -> impl Iterator<Item = (&'r Id, &'r crate::spec::TableHints)> {
        self.reader.spec.hints.iter()
    }

    /// Whether a table is declared, be it in a file that can't be judged.
    pub fn has_table(&self, name: &QName) -> bool {
        self.catalog
            .get(&Id::new(Kind::Table, &name.schema, &name.name))
            .is_some()
    }

    /// A table, unless its file can't be judged.
    pub fn table(&self, name: &QName) -> Option<&'r Table> {
        let name = (name.schema.as_str(), name.name.as_str());
        self.tables.get(&name).copied()
    }

    /// A table, view or materialized view.
    pub fn relation(&self, name: &QName) -> Option<(Kind, &'r Object)> {
        RELATIONS.into_iter().find_map(|kind| {
            let object = self.catalog.get(&Id::new(kind, &name.schema, &name.name))?;
            Some((kind, object))
        })
    }

    /// Whether an extension is declared whose objects are not known here, so that any name may be one of them.
    pub fn has_unknown_extension(&self, known: fn(&str) -> bool) -> bool {
        let mut extensions = self.catalog.of::<Extension>();
        extensions.any(|(id, _, _)| !known(&id.name))
    }

    /// Whether an object in that schema may be an extension's or another tool's.
    pub fn is_foreign_schema(&self, schema: &str) -> bool {
        let own = schema == self.catalog.default_schema
            || self
                .catalog
                .get(&Id::global(Kind::Schema, schema))
                .is_some();
        !own && !self.is_table(schema)
    }

    /// Whether what should be a schema is a table: `users.id` for `users`.
    fn is_table(&self, schema: &str) -> bool {
        self.has_table(&QName::new(&self.catalog.default_schema, schema))
    }

    /// `unknown-…`: a name that nothing has, with the nearest one that something has.
    pub fn unknown<'n>(
        &self,
        what: &'static str,
        name: &QName,
        place: Place,
        known: impl Iterator<Item = &'n QName>,
    ) -> Diagnostic {
        let shown = self.short(name);
        let names: Vec<String> = known.map(|known| self.short(known)).collect();
        let code = match what {
            "table" => "unknown-table",
            "type" => "unknown-type",
            "function" => "unknown-function",
            _ => "unknown-name",
        };
        let found = Diagnostic::error(code, place, format!("there is no {what} `{shown}`"));
        if self.is_table(&name.schema) {
            let table = &name.schema;
            return found.help(format!(
                "did you mean `{table}`? Before the dot stands a schema"
            ));
        }
        match suggest::nearest(&shown, names.iter().map(String::as_str)) {
            Some(near) => found.help(format!("did you mean `{near}`?")),
            None => found.help(format!("spec/{what}s/{shown}.toml would declare it")),
        }
    }

    /// A name as the spec writes it.
    pub fn short(&self, name: &QName) -> String {
        crate::spec::names::write(name, &self.catalog.default_schema)
    }

    /// `unknown-column`, with the nearest one.
    pub fn unknown_column(
        &self,
        relation: &QName,
        column: &str,
        table: &Table,
        place: Place,
    ) -> Diagnostic {
        let message = format!("`{}` has no column `{column}`", self.short(relation));
        let found = Diagnostic::error("unknown-column", place, message);
        let known = table.columns.iter().map(|column| column.name.as_str());
        match suggest::nearest(column, known.clone()) {
            Some(near) => found.help(format!("did you mean `{near}`?")),
            None => found.help(format!("its columns are {}", suggest::list(known))),
        }
    }
}

fn tables<'r>(reader: &'r Reader<'_>) -> HashMap<(&'r str, &'r str), &'r Table> {
    let tables = reader.spec.catalog.of::<Table>();
    let judged = tables.filter(|(id, _, _)| !reader.is_broken(id));
    judged
        .map(|(id, table, _)| ((id.schema.as_str(), id.name.as_str()), table))
        .collect()
}

fn types(catalog: &Catalog) -> BTreeSet<QName> {
    let mut types = BTreeSet::new();
    for (id, object) in &catalog.objects {
        match &object.body {
            Body::Enum(_)
            | Body::Domain(_)
            | Body::Composite(_)
            | Body::Table(_)
            | Body::View(_)
            | Body::MaterializedView(_) => {
                types.insert(id.qname());
            }
            Body::Range(range) => {
                types.insert(id.qname());
                types.insert(QName::new(&id.schema, &range.multirange));
            }
            _ => {}
        }
    }
    types
}
