//! What the Rust templates see: plain data, printable as JSON (`tablec templates context`).
//!
//! Names that Rust needs are ready (`row`, `field`); names and texts of PostgreSQL are as they are, and a template
//! prints them through a filter. [`VERSION`] rises when a field changes its meaning or goes.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::kinds::Sql;

/// The version of this structure.
pub const VERSION: u32 = 2;

/// All that is rendered.
#[derive(Clone, Debug, Serialize)]
pub struct Context {
    /// What all templates see.
    pub project: Project,
    /// The tables, partitions excepted, in order.
    pub tables: Vec<Table>,
    /// The views whose columns' types are known.
    pub views: Vec<View>,
    /// The enums, domains, composite and range types.
    pub types: Vec<Type>,
}

/// What all templates see, as `project`.
#[derive(Clone, Debug, Serialize)]
pub struct Project {
    /// [`VERSION`].
    pub version: u32,
    /// The generated crate's name.
    pub crate_name: String,
    /// Whether there is code for the blocking driver.
    pub blocking: bool,
    /// Whether there is code for the asynchronous driver.
    pub asynchronous: bool,
    /// `jiff`, `chrono` or `time`.
    pub datetime: String,
    /// The path of `tablec-runtime`, where it is not taken from the registry.
    pub runtime: Option<String>,
    /// The major version of `tablec-runtime`, e.g. `0.1`.
    pub runtime_version: &'static str,
    /// Crates that the columns' types need: `jiff`, `serde_json`, `uuid`.
    pub crates: Vec<String>,
    /// Crates that chosen types come from, as `Cargo.toml` says them.
    pub dependencies: BTreeMap<String, String>,
    /// The names, as SQL, of the types beyond PostgreSQL's own.
    pub custom_types: Vec<String>,
}

/// A table: `table` in `row.rs`, `port.rs`, `repository.rs`, `factory.rs`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Table {
    /// The spec file.
    pub source: String,
    /// The file and module: `tasks`.
    pub module: String,
    /// The file without its extension, where the module is a raw identifier.
    pub file: String,
    /// The schema; none for the default one.
    pub schema: Option<String>,
    /// The name.
    pub name: String,
    /// `tasks` or `billing.invoices`, for people.
    pub label: String,
    /// The comment, or a sentence that names the table.
    pub comment: String,
    /// The Rust names.
    pub names: TableNames,
    /// All columns, in order.
    pub columns: Vec<Column>,
    /// The primary key.
    pub key: Vec<Param>,
    /// The primary key's index.
    pub key_index: String,
    /// The name of the table's test.
    pub test: String,
    /// The newtype of a primary key of one column that is no foreign key.
    pub id: Option<IdType>,
    /// The column that counts updates.
    pub version: Option<Param>,
    /// The column that marks deleted rows.
    pub soft_delete: Option<SoftDelete>,
    /// Lengths that are checked before a value is sent.
    pub lengths: Vec<Length>,
    /// The errors, one for each constraint.
    pub errors: Vec<ErrorVariant>,
    /// Lookups by unique keys.
    pub finds: Vec<Find>,
    /// Lists by foreign keys and indexes.
    pub lists: Vec<List>,
    /// Upserts by unique keys.
    pub upserts: Vec<Upsert>,
    /// The methods of the port, in order.
    pub methods: Vec<Method>,
    /// What each file imports.
    pub imports: Imports,
    /// How the factory makes rows; none where it cannot.
    pub factory: Factory,
    /// Whether the row type can derive `Eq`, and `Hash`.
    pub derive_eq: bool,
    /// The same for `Hash`.
    pub derive_hash: bool,
}

/// The Rust names of a table.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "each is the name of what it says")]
pub struct TableNames {
    pub row: String,
    pub new: String,
    pub patch: String,
    pub error: String,
    pub port: String,
    pub async_port: String,
    pub repository: String,
    pub factory: String,
    pub create_factory: String,
}

/// A column.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Column {
    /// The name.
    pub name: String,
    /// The field.
    pub field: String,
    /// The type of the row's field.
    pub rust: String,
    /// The type without `Option`.
    pub inner: String,
    /// Whether `inner` is `Copy`.
    pub copy: bool,
    /// Whether null is allowed.
    pub nullable: bool,
    /// How an insert gives it: `required`, `nullable`, `default` (may be left out), `nullable_default`; none where it
    /// cannot be given.
    pub insert: Option<&'static str>,
    /// How a patch gives it: `value` or `nullable`; none where it cannot be changed.
    pub patch: Option<&'static str>,
    /// The cast that reads it as text: `text`, `text[]`; none where it travels in binary.
    pub read_cast: Option<&'static str>,
    /// The cast of many values at once (`Column::new`'s second argument).
    pub write_cast: String,
    /// The comment and what PostgreSQL does with it; empty for nothing to say.
    pub comment: String,
}

/// A parameter of a method.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Param {
    /// The column.
    pub column: String,
    /// The parameter's name.
    pub field: String,
    /// The field's type.
    pub rust: String,
    /// The parameter's type: a reference where the field's is not `Copy`.
    pub given: String,
    /// Whether the parameter is a reference.
    pub reference: bool,
    /// The column is compared after `lower(…)`.
    pub lower: bool,
}

/// The newtype of a primary key.
#[derive(Clone, Debug, Serialize)]
pub struct IdType {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub inner: String,
    /// What it derives, in order.
    pub derives: Vec<&'static str>,
}

/// The column that marks deleted rows.
#[derive(Clone, Debug, Serialize)]
pub struct SoftDelete {
    /// The column.
    pub column: String,
    /// What it is set to.
    pub value: Sql,
}

/// A length that is checked before a value is sent.
#[derive(Clone, Debug, Serialize)]
pub struct Length {
    /// The field.
    pub field: String,
    /// How many characters.
    pub max: usize,
    /// The error's variant.
    pub variant: String,
    /// As [`Column::insert`].
    pub insert: Option<&'static str>,
    /// As [`Column::patch`].
    pub patch: Option<&'static str>,
}

/// A variant of the table's error.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorVariant {
    /// Its name.
    pub name: String,
    /// `schema.table.constraint`, as the server names it; none for a length.
    pub places: Vec<String>,
    /// What it says.
    pub message: String,
}

/// A lookup of one row.
#[derive(Clone, Debug, Serialize)]
pub struct Find {
    /// The method.
    pub name: String,
    /// The statement's constant.
    pub constant: String,
    /// The columns compared.
    pub params: Vec<Param>,
    /// The condition of a partial index.
    pub predicate: Option<Sql>,
    /// The same for people, on one line.
    pub condition: String,
    /// The index or constraint.
    pub index: String,
}

/// A list, page by page.
#[derive(Clone, Debug, Serialize)]
pub struct List {
    /// The method.
    pub name: String,
    /// The statements' constant.
    pub constant: String,
    /// The columns compared.
    pub params: Vec<Param>,
    /// The columns that order the rows and continue the list.
    pub order: Vec<Param>,
    /// Whether the order is descending.
    pub descending: bool,
    /// The condition of a partial index.
    pub predicate: Option<Sql>,
    /// The same for people, on one line.
    pub condition: String,
    /// The index or constraint.
    pub index: String,
}

/// An insert or else update.
#[derive(Clone, Debug, Serialize)]
pub struct Upsert {
    /// The method.
    pub name: String,
    /// The statement's constant.
    pub constant: String,
    /// The columns of the key.
    pub key: Vec<Param>,
    /// The condition of a partial index.
    pub predicate: Option<Sql>,
    /// The columns that stay as they are when the row is there.
    pub keep: Vec<String>,
}

/// A method of the port.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Method {
    /// `get`, `find`, `list`, `stream`, `count`, `exists`, `insert`, `insert_many`, `upsert`, `update` or `delete`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// The statement's constant.
    pub constant: String,
    /// What it does, for people.
    pub comment: String,
    /// The parameters after `self`, as in `id: TaskId`.
    pub params: Vec<String>,
    /// The statement's arguments, as in `&[&id]`.
    pub arguments: String,
    /// What continues a list: as [`List::order`].
    pub order: Vec<Param>,
    /// As [`Upsert::keep`].
    pub keep: Vec<String>,
    /// The type of what it gives when all is well; of a stream, the row's.
    pub result: String,
}

/// What each file imports, as full paths.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "each is named after its file")]
pub struct Imports {
    pub row: Vec<String>,
    pub port: Vec<String>,
    pub repository: Vec<String>,
    pub factory: Vec<String>,
}

/// How a factory makes rows.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Factory {
    /// Values that nothing can make: arguments of the function that makes the factory.
    pub arguments: Vec<Param>,
    /// The columns of foreign keys to parents.
    pub links: Vec<Link>,
    /// The parents, in the order in which they are made.
    pub parents: Vec<Parent>,
    /// The parents of which each row needs one of its own.
    pub own_parents: Vec<Parent>,
    /// What those parents alone fill.
    pub own_fills: Vec<Fill>,
    /// How many rows differ in their unique keys; none for no limit.
    pub most: Option<u64>,
    /// Whether children share a row of the table as their parent.
    pub is_shared: bool,
    /// Whether children make rows of the table.
    pub is_parent: bool,
    /// Whether a value follows from the row's number.
    pub numbered: bool,
    /// One value for each column that an insert can give, in order.
    pub values: Vec<FactoryValue>,
    /// One method for each label of each enum.
    pub labels: Vec<LabelMethod>,
}

/// A column of a foreign key to a parent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The column.
    pub column: String,
    /// The field.
    pub field: String,
    /// Its type.
    pub rust: String,
    /// The method that sets it.
    pub setter: String,
}

/// A parent that a row needs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parent {
    /// The parent's row type.
    pub row: String,
    /// The function that makes its factory.
    pub create_factory: String,
    /// Columns that come from it.
    pub fills: Vec<Fill>,
}

/// A column that comes from a parent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fill {
    /// The child's field.
    pub field: String,
    /// The parent's field.
    pub from: String,
    /// The child's field, for a part of a longer name.
    pub from_name: String,
    /// Whether it is `Copy`.
    pub copy: bool,
    /// Whether the parent's factory can be told the value.
    pub settable: bool,
    /// How many newtypes are around the parent's value and not around the child's.
    pub unwrap: usize,
    /// `from` or `try_from`, where the child's integer has another width.
    pub convert: Option<&'static str>,
    /// What it converts to.
    pub to: String,
    /// Newtypes around the child's value, from the outside.
    pub wrap: Vec<String>,
}

/// A value of a column.
#[derive(Clone, Debug, Serialize)]
pub struct FactoryValue {
    /// The field.
    pub field: String,
    /// The column.
    pub column: String,
    /// `link`, `argument`, `none`, `keep` or a value.
    pub kind: &'static str,
    /// How the value is made, for kind `value` and for a link without a parent.
    pub make: Option<Make>,
    /// Whether its type is `Copy`.
    pub copy: bool,
    /// What is around it: `Some`, `Patch::Set`; none for nothing.
    pub wrap: Option<&'static str>,
}

/// A call that makes a value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Make {
    /// Newtypes around it, from the outside.
    pub newtypes: Vec<String>,
    /// `make`, `text`, `pattern`, `parse`, `integer`, `numeric`, `literal`, `path`, `vec`, `label`, `one_of`.
    pub call: &'static str,
    /// What `label` and `one_of` choose from.
    pub items: Vec<String>,
    /// Numbers of the call.
    pub numbers: Vec<i64>,
    /// Text of the call.
    pub text: String,
}

/// A method that chooses a label.
#[derive(Clone, Debug, Serialize)]
pub struct LabelMethod {
    /// The method.
    pub name: String,
    /// The field.
    pub field: String,
    /// The label.
    pub label: String,
    /// `TaskStatus::Done`.
    pub value: String,
    /// As [`FactoryValue::wrap`].
    pub wrap: Option<&'static str>,
}

/// A view: `view` in `view_row.rs` and its port and repository.
#[derive(Clone, Debug, Serialize)]
pub struct View {
    /// As a table without a key.
    #[serde(flatten)]
    pub table: Table,
}

/// A type of its own: `type` in `enum.rs`, `domain.rs`, `composite.rs`, `range.rs`.
#[derive(Clone, Debug, Serialize)]
pub struct Type {
    /// `enum`, `domain`, `composite` or `range`.
    pub kind: &'static str,
    /// The spec file.
    pub source: String,
    /// The module.
    pub module: String,
    /// The file without its extension.
    pub file: String,
    /// The Rust name.
    pub rust: String,
    /// The SQL name, for people.
    pub label: String,
    /// The comment, or a sentence that names the type.
    pub comment: String,
    /// What it derives.
    pub derives: Vec<&'static str>,
    /// What the file imports.
    pub imports: Vec<String>,
    /// Variants of an enum.
    pub variants: Vec<Variant>,
    /// The type under a domain, or the whole range type.
    pub inner: String,
    /// What a domain demands, for people.
    pub checks: Vec<String>,
    /// The fields of a composite type.
    pub fields: Vec<Field>,
}

/// A variant of an enum.
#[derive(Clone, Debug, Serialize)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// The label.
    pub label: String,
}

/// A field of a composite type.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    /// The field.
    pub field: String,
    /// Its type, without the `Option` around it.
    pub rust: String,
    /// The comment.
    pub comment: String,
}
