use std::collections::{BTreeMap, BTreeSet};

use super::common::{is_decimal, options};
use super::{Node, Table};
use crate::catalog::{Catalog, Id, Object, QName};
use crate::diagnostics::SourceFile;
use crate::kinds::table::write::serial_sequences;
use crate::kinds::{Body, Sql};
use crate::spec::{Project, Spec, TableHints, literal, names, syntax};
use crate::sql::TypeName;
use crate::sql::deparse::{constant, list};

/// What is written from: the catalog, with what belongs to each relation at hand.
#[derive(Debug)]
pub struct Writer<'c> {
    /// The catalog.
    pub catalog: &'c Catalog,
    /// The project.
    pub project: &'c Project,
    spec: &'c Spec,
    parts: BTreeMap<QName, Vec<(&'c Id, &'c Object)>>,
    partitions: BTreeMap<&'c QName, Vec<&'c Id>>,
    serial: BTreeSet<Id>,
}

impl<'c> Writer<'c> {
    pub(super) fn new(spec: &'c Spec) -> Self {
        let (catalog, project) = (&spec.catalog, &spec.project);
        let mut writer = Self {
            catalog,
            project,
            spec,
            parts: BTreeMap::new(),
            partitions: BTreeMap::new(),
            serial: BTreeSet::new(),
        };
        for (id, object) in &catalog.objects {
            let relation = match &object.body {
                Body::Index(index) => Some(index.table.clone()),
                Body::Statistics(statistics) => Some(statistics.table.clone()),
                Body::Table(table) => {
                    writer
                        .partitions
                        .entry(table.partition_of.as_ref().map_or(&NONE, |of| &of.parent))
                        .or_default()
                        .push(id);
                    None
                }
                _ => id.relation(),
            };
            if let Some(relation) = relation {
                writer.parts.entry(relation).or_default().push((id, object));
            }
        }
        writer.serial = serial_sequences(catalog);
        writer
    }

    /// The constraints, indexes, triggers, policies, rules and statistics of a relation.
    pub fn parts(&self, relation: &QName) -> &[(&'c Id, &'c Object)] {
        self.parts.get(relation).map_or(&[], Vec::as_slice)
    }

    /// The partitions of a table.
    pub fn partitions(&self, table: &QName) -> &[&'c Id] {
        self.partitions.get(table).map_or(&[], Vec::as_slice)
    }

    /// Whether the sequence is said on its column.
    pub fn is_serial(&self, sequence: &Id) -> bool {
        self.serial.contains(sequence)
    }

    /// What the generated code needs to know of a table or view.
    pub fn hints(&self, id: &Id) -> Option<&'c TableHints> {
        self.spec.hints.get(id)
    }

    /// Adds the changes of a trigger or policy that no test could notice.
    pub fn equivalents(&self, table: &mut Table, id: &Id) {
        if let Some(stated) = self.spec.equivalent.get(id) {
            table.table("equivalent", options(stated));
        }
    }

    /// Adds the queries of a table or view.
    pub fn queries(&self, table: &mut Table, id: &Id) {
        let mut all = Table::default();
        for (name, query) in self.hints(id).iter().flat_map(|hints| &hints.queries) {
            let mut said = Table::default();
            said.set("sql", &query.sql);
            said.set("returns", &query.returns);
            all.set(name, said);
        }
        table.table("queries", all);
    }

    /// A name, without the default schema.
    pub fn name(&self, name: &QName) -> String {
        names::write(name, &self.project.default_schema)
    }

    /// A name where names without a schema are in that one.
    pub fn name_near(id: &Id, schema: &str) -> String {
        names::write(&id.qname(), schema)
    }

    /// A type in its short spelling: `varchar(200)`, `timestamptz`.
    pub fn type_text(&self, text: &str) -> String {
        let read = |text: &str| {
            TypeName::parse(text).map(|of| of.relative_to(&self.project.default_schema))
        };
        let short = read(text).map(|of| of.short()).unwrap_or_default();
        let same = read(&short).is_ok_and(|of| of.to_string() == text);
        if same { short } else { text.to_owned() }
    }

    /// Adds a default: as a value where the reader makes the same expression of it, else as SQL.
    pub fn default(&self, table: &mut Table, expression: Option<&Sql>, data_type: &str) {
        let Some(expression) = expression else { return };
        match self.typed(expression, data_type) {
            Some(value) => table.set("default", value),
            None => table.dotted(["default", "sql"], &expression.0),
        }
    }

    fn typed(&self, expression: &Sql, data_type: &str) -> Option<Node> {
        let data_type = TypeName::parse(data_type)
            .ok()?
            .relative_to(&self.project.default_schema);
        candidates(&expression.0)
            .into_iter()
            .find(|node| self.reads_as(node, &data_type).as_ref() == Some(expression))
    }

    /// What the reader makes of a value.
    fn reads_as(&self, node: &Node, data_type: &TypeName) -> Option<Sql> {
        let mut table = Table::default();
        table.set("default", node.clone());
        let file = SourceFile::new("", table.document());
        let (parsed, _) = syntax::parse(&file);
        literal::expression(parsed.value().get("default")?, data_type, self.catalog).ok()
    }
}

static NONE: QName = QName {
    schema: String::new(),
    name: String::new(),
};

/// The values that an expression could stand for, the nicest first.
fn candidates(expression: &str) -> Vec<Node> {
    if expression == "true" || expression == "false" || is_number(expression) {
        return vec![Node::Bare(expression.to_owned())];
    }
    let Some(text) = constant(expression) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    if is_number(&text) {
        all.push(Node::Bare(text.clone()));
    }
    if let Some(inner) = text
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
    {
        let items = inner.split(',').filter(|item| !item.is_empty());
        all.push(Node::List(items.clone().map(Node::from).collect()));
        all.push(Node::List(
            items
                .map(|item| Node::Bare(item.to_owned()))
                .filter(is_number_node)
                .collect(),
        ));
    }
    all.push(Node::Text(text));
    all
}

fn is_number(text: &str) -> bool {
    is_decimal(text)
        || text
            .parse::<i64>()
            .is_ok_and(|number| number.to_string() == text)
}

fn is_number_node(node: &Node) -> bool {
    matches!(node, Node::Bare(text) if is_number(text))
}

/// A name in SQL as a spec writes it: `"C"` is `C`.
pub(crate) fn plain_name(sql: &str) -> String {
    let parts: Vec<String> = crate::sql::deparse::names(sql)
        .iter()
        .map(|part| names::write_part(part))
        .collect();
    parts.join(".")
}

/// The texts of a list of constants.
pub(crate) fn constants(sql: &str) -> Option<Vec<String>> {
    list(sql).iter().map(|part| constant(&part.0)).collect()
}
