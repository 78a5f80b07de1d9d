//! The folders of a spec: which kind of object a file in each of them says.

use std::path::Path;

use super::grammar::{Form, Keys, key};
use super::reader::Reader;
use super::syntax::Parsed;
use super::value::Value;
use super::{layout, suggest};
use crate::catalog::QName;
use crate::diagnostics::Diagnostic;
use crate::kinds::{
    collation, composite, default_privileges, domain, enumeration, event_trigger, extension,
    function, publication, range, raw, role, schema, sequence, table, view,
};

/// A folder of a spec.
#[derive(Debug)]
pub struct Folder {
    /// Its name.
    pub name: &'static str,
    /// What a file in it can be.
    pub form: Form,
    read: for<'t> fn(&mut Reader<'t>, &QName, Value<'t>),
}

/// The folders, in the order in which they are read: what a column's type can be is known before the columns.
pub static FOLDERS: &[Folder] = &[
    Folder {
        name: "types",
        form: Form::Variants(TYPES),
        read: read_type,
    },
    Folder {
        name: "sequences",
        form: Form::Object(&sequence::read::SEQUENCE),
        read: sequence::read::read,
    },
    Folder {
        name: "functions",
        form: Form::Variants(function::read::ROUTINES),
        read: function::read::read,
    },
    Folder {
        name: "tables",
        form: Form::Object(&table::read::TABLE),
        read: table::read::read,
    },
    Folder {
        name: "views",
        form: Form::Variants(view::read::VIEWS),
        read: view::read::read,
    },
    Folder {
        name: "raw",
        form: Form::Object(&raw::read::RAW),
        read: raw::read::read,
    },
];

static TYPES: &[(&str, &Keys)] = &[
    ("enum", &enumeration::read::ENUM),
    ("domain", &domain::read::DOMAIN),
    ("attributes", &composite::read::COMPOSITE),
    ("range", &range::read::RANGE),
];

/// `spec/database.toml`.
pub static DATABASE: Keys = Keys {
    title: "database",
    doc: "What belongs to no single table, in one file: `spec/database.toml`.",
    keys: &[
        key(
            "roles",
            Form::Map(&Form::Object(&role::read::ROLE)),
            "Roles that the schema needs.",
            "{ app = {} }",
        ),
        key(
            "schemas",
            Form::Map(&Form::Object(&schema::read::SCHEMA)),
            "Schemas.",
            "{ billing = { comment = \"Money.\" } }",
        ),
        key(
            "extensions",
            Form::Map(&Form::Object(&extension::read::EXTENSION)),
            "Extensions.",
            "{ citext = {} }",
        ),
        key(
            "collations",
            Form::Map(&Form::Object(&collation::read::COLLATION)),
            "Collations.",
            "{ german = { provider = \"icu\", locale = \"de\" } }",
        ),
        key(
            "default_privileges",
            Form::List(&Form::Object(&default_privileges::read::DEFAULT_PRIVILEGES)),
            "What new objects get.",
            "[{ on = \"tables\", grants = { app = [\"select\"] } }]",
        ),
        key(
            "publications",
            Form::Map(&Form::Object(&publication::read::PUBLICATION)),
            "Publications.",
            "{ changes = { all_tables = true } }",
        ),
        key(
            "event_triggers",
            Form::Map(&Form::Object(&event_trigger::read::EVENT_TRIGGER)),
            "Event triggers.",
            "{ log = { event = \"ddl_command_end\", execute = \"log_ddl\" } }",
        ),
    ],
    shared: &[],
    instead: &[],
};

/// Reads the spec's files, folder by folder.
pub fn read<'t>(reader: &mut Reader<'t>, files: &'t [Parsed<'t>]) {
    for file in files {
        place(reader, file);
        if !file.sound {
            reader.mark_broken(file.path());
        }
    }
    if let Some(file) = files
        .iter()
        .find(|file| file.path() == Path::new("spec/database.toml"))
    {
        database(reader, file.value());
    }
    for folder in FOLDERS {
        let files: Vec<&Parsed<'_>> = files
            .iter()
            .filter(|file| layout::folder(file.path()) == Some(folder.name))
            .collect();
        reader.check(
            files.iter().map(|file| file.value()).collect(),
            &folder.form,
        );
        for file in files {
            read_file(reader, folder, file);
        }
        if folder.name == "types" {
            domain::read::defaults(reader);
        }
    }
}

/// Says where a file belongs that is in no folder.
fn place(reader: &mut Reader<'_>, file: &Parsed<'_>) {
    let path = file.path();
    let names = FOLDERS.iter().map(|folder| folder.name);
    if path == Path::new("tablec.toml") || path == Path::new("spec/database.toml") {
        return;
    }
    let whole = file.value().file().whole();
    let found = match layout::folder(path) {
        Some(folder) if names.clone().any(|name| name == folder) => return,
        Some(folder) => {
            let help = suggest::nearest(folder, names.clone()).map_or_else(
                || format!("the folders are {}", suggest::list(names.clone())),
                |near| format!("did you mean spec/{near}/?"),
            );
            Diagnostic::error(
                "unknown-folder",
                whole,
                format!("spec/ has no folder `{folder}`"),
            )
            .help(help)
        }
        None => Diagnostic::error(
            "unknown-folder",
            whole,
            "a file in spec/ says by its folder what it is",
        )
        .help(format!(
            "move it to one of {}; only database.toml is in spec/ itself",
            suggest::list(names)
        )),
    };
    reader.report(found);
}

fn read_file<'t>(reader: &mut Reader<'t>, folder: &Folder, file: &'t Parsed<'t>) {
    let value = file.value();
    match layout::object_name(file.path(), reader.default_schema()) {
        Ok(name) => (folder.read)(reader, &name, value),
        Err(bad) => {
            let found = Diagnostic::error("bad-file-name", value.file().whole(), bad.message);
            reader.report(found.help(bad.help));
        }
    }
}

fn read_type<'t>(reader: &mut Reader<'t>, name: &QName, value: Value<'t>) {
    let read = [
        enumeration::read::read,
        domain::read::read,
        composite::read::read,
        range::read::read,
    ];
    let fitting = TYPES
        .iter()
        .position(|(marker, _)| value.get(marker).is_some());
    if let Some(read) = fitting.and_then(|at| read.get(at)) {
        read(reader, name, value);
    }
}

fn database<'t>(reader: &mut Reader<'t>, value: Value<'t>) {
    reader.check(vec![value], &Form::Object(&DATABASE));
    role::read::read(reader, value);
    schema::read::read(reader, value);
    extension::read::read(reader, value);
    collation::read::read(reader, value);
    default_privileges::read::read(reader, value);
    publication::read::read(reader, value);
    event_trigger::read::read(reader, value);
}
