use std::collections::{BTreeMap, BTreeSet};

use tablec::sql::{quote_ident, quote_literal};

use super::gene::{Choices, Genome, Part};

/// Where a schema is built: a server of this version, with these extensions.
#[derive(Clone, Debug)]
pub struct Place {
    /// The server's major version.
    pub major: u32,
    /// The extensions that the server can create.
    pub extensions: BTreeSet<String>,
}

/// The roles that own things and are granted things. They are there on the server.
pub const ROLES: [&str; 2] = ["random_reader", "random \"owner\""];

/// What a column's type is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "what they say")]
pub enum Class {
    Number,
    Text,
    Array,
    Json,
    Range,
    Search,
    Other,
    Unordered,
}

/// A column that was made.
#[derive(Clone, Debug)]
pub struct Column {
    /// The name, quoted.
    pub name: String,
    /// The type.
    pub data_type: String,
    /// What the type itself is made of, where it is the schema's own.
    pub definition: String,
    /// What it is good for.
    pub class: Class,
    /// Whether null is allowed.
    pub nullable: bool,
    /// Whether rows have a value there that nobody gave.
    pub filled: bool,
    /// Whether the value is computed.
    pub generated: bool,
}

/// A table or view that was made.
#[derive(Clone, Debug, Default)]
pub struct Relation {
    /// The name, qualified.
    pub name: String,
    /// The columns; the first is `a`, a number.
    pub columns: Vec<Column>,
    /// Whether `a` is the primary key.
    pub key: bool,
    /// How it is partitioned, whose part it is, and which parts it has.
    pub layout: String,
    /// Whether it is partitioned.
    pub partitioned: bool,
    /// Whether rows go into it for the test.
    pub holds_rows: bool,
    /// Whether it is a foreign table.
    pub foreign: bool,
    /// Whether it is unlogged.
    pub unlogged: bool,
    /// Whether it is a materialized view without data.
    pub empty: bool,
    /// The table that it is part of, through however many others.
    pub root: Option<String>,
    /// The tables that its rows point to.
    pub points_to: Vec<String>,
}

/// A schema while it is built.
pub struct World<'g> {
    genome: &'g Genome,
    /// Where.
    pub place: &'g Place,
    /// The pair's number.
    pub number: usize,
    /// The tables that get rows.
    pub with_rows: &'g BTreeSet<String>,
    /// The statements so far.
    pub statements: Vec<String>,
    /// The tables so far.
    pub tables: Vec<Relation>,
    /// The views so far.
    pub views: Vec<Relation>,
    /// The schema's own types that columns can have, with a default and what they are good for.
    pub types: Vec<(String, String, Class)>,
    /// What each of them is made of.
    pub definitions: BTreeMap<String, String>,
    /// What can have a comment.
    pub commented: Vec<String>,
    /// What can have an owner.
    pub owned: Vec<String>,
    /// What privileges can be granted on: the privileges, and the object.
    pub granted: Vec<(&'static [&'static str], String)>,
}

impl<'g> World<'g> {
    /// Nothing but the two schemas.
    pub fn new(
        genome: &'g Genome,
        number: usize,
        place: &'g Place,
        with_rows: &'g BTreeSet<String>,
    ) -> Self {
        Self {
            genome,
            place,
            number,
            with_rows,
            statements: Vec::new(),
            tables: Vec::new(),
            views: Vec::new(),
            types: Vec::new(),
            definitions: BTreeMap::new(),
            commented: Vec::new(),
            owned: Vec::new(),
            granted: Vec::new(),
        }
    }

    /// A statement.
    pub fn run(&mut self, statement: impl AsRef<str>) {
        self.statements.push(format!("{};\n", statement.as_ref()));
    }

    /// The choices of a part that is there.
    pub fn part(&self, part: Part, number: usize) -> Option<Choices> {
        self.genome.get(&(part, number)).copied().map(Choices::new)
    }

    /// The choices of all parts of that sort, with their numbers.
    pub fn parts(&self, part: Part) -> Vec<(usize, Choices)> {
        let all = self.genome.range((part, 0)..=(part, usize::MAX));
        all.map(|((_, number), gene)| (*number, Choices::new(*gene)))
            .collect()
    }

    /// The name of a schema, the pair's first or second. The first pair lives in `public`.
    pub fn schema(&self, which: usize) -> String {
        match (which, self.number) {
            (0, 0) => "public".to_owned(),
            (0, number) => format!("p{number}"),
            (_, number) => quote_ident(&format!("Other schema {number}")).into_owned(),
        }
    }

    /// A name in the pair's first schema, or for each fourth thing of a sort in the second one.
    pub fn name(&self, name: &str, number: usize) -> String {
        let schema = self.schema(usize::from(number % 4 == 3));
        format!("{schema}.{}", quote_ident(name))
    }

    /// A name that is unique in the database.
    pub fn global(&self, name: &str) -> String {
        quote_ident(&format!("{name} {}", self.number)).into_owned()
    }

    /// Notes an object that can have a comment.
    pub fn note(&mut self, object: impl Into<String>) {
        self.commented.push(object.into());
    }

    /// Notes an object that can have a comment and an owner.
    pub fn note_owned(&mut self, object: impl Into<String>) {
        let object = object.into();
        self.owned.push(object.clone());
        self.commented.push(object);
    }

    /// A table, if there is one.
    pub fn table(&self, choices: &mut Choices) -> Option<Relation> {
        pick(&self.tables, choices)
    }

    /// A table that is no foreign one.
    pub fn own_table(&self, choices: &mut Choices) -> Option<Relation> {
        self.table(choices).filter(|table| !table.foreign)
    }

    /// A table or a view, if there is one.
    pub fn relation(&self, choices: &mut Choices) -> Option<Relation> {
        let all: Vec<Relation> = self.tables.iter().chain(&self.views).cloned().collect();
        pick(&all, choices)
    }

    /// The name of a function that is there, by its number.
    pub fn function(&self, number: usize) -> Option<String> {
        self.part(Part::Function, number)
            .map(|_| self.name(super::routines::NAMES[number], number))
    }
}

impl Relation {
    /// A column that is good for something.
    pub fn column(&self, wanted: &[Class], choices: &mut Choices) -> Option<&Column> {
        let mut all: Vec<&Column> = self
            .columns
            .iter()
            .filter(|column| wanted.contains(&column.class))
            .collect();
        let at = choices.below(all.len());
        (!all.is_empty()).then(|| all.swap_remove(at))
    }

    /// A column that can be compared and sorted; `a` at least.
    pub fn sortable(&self, choices: &mut Choices) -> &str {
        let all = [
            Class::Number,
            Class::Text,
            Class::Array,
            Class::Json,
            Class::Range,
            Class::Search,
            Class::Other,
        ];
        self.column(&all, choices)
            .map_or("a", |column| column.name.as_str())
    }
}

fn pick(all: &[Relation], choices: &mut Choices) -> Option<Relation> {
    let at = choices.below(all.len());
    all.get(at).cloned()
}

/// A literal that is easily got wrong.
pub fn comment(choices: &mut Choices) -> String {
    let texts = [
        "seen",
        "it's \\ \"quoted\"",
        "two\nlines; -- and more",
        "$$ naïve $$",
    ];
    quote_literal(choices.of(&texts))
}
