//! `tablec.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::grammar::check::{self, Findings};
use super::grammar::{Form, Keys, key};
use super::value::Value;
use crate::diagnostics::Diagnostic;

/// A project's settings. All folders are relative to the folder of `tablec.toml`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Project {
    /// The project's name; the generated crate's name follows from it.
    pub name: String,
    /// The major version of PostgreSQL that the SQL is for (14 to 18).
    pub postgresql: u32,
    /// The schema that unqualified names mean.
    pub default_schema: String,
    /// The Rust that is generated.
    pub rust: RustTarget,
    /// The least proof that a trigger needs: `named`, `fired` or `proved`.
    pub triggers_require: String,
    /// The least proof that a row-level-security policy needs; none without it.
    pub policies_require: Option<String>,
    /// The least proof that a function needs that no trigger uses; none without it.
    pub functions_require: Option<String>,
    /// The folder of the user's own templates, by default `templates`, where they replace the built-in ones by name.
    pub templates: String,
    /// Objects that other tools manage: patterns over `schema.name`.
    pub exclude: Vec<String>,
}

/// What Rust is generated, and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RustTarget {
    /// The folder of the generated crate.
    pub out: String,
    /// The crate's name.
    pub crate_name: String,
    /// `blocking` (`postgres`), `async` (`tokio-postgres`).
    pub drivers: Vec<String>,
    /// `jiff`, `chrono` or `time`.
    pub datetime: String,
    /// Rust types by PostgreSQL type, instead of the built-in mapping.
    pub types: BTreeMap<String, String>,
    /// Crates that these types come from, by name: a version, e.g. `1.36`, or a table as in `Cargo.toml`.
    #[serde(default)]
    pub dependencies: BTreeMap<String, String>,
    /// Packages of the workspace that may depend on a database driver, beside the generated one.
    #[serde(default)]
    pub driver_packages: Vec<String>,
    /// The folder of `tablec-runtime`, where it does not come from the registry.
    #[serde(default)]
    pub runtime: Option<String>,
}

impl Default for Project {
    fn default() -> Self {
        Self {
            name: "app".to_owned(),
            postgresql: 15,
            default_schema: "public".to_owned(),
            rust: RustTarget::default(),
            triggers_require: "fired".to_owned(),
            policies_require: None,
            functions_require: None,
            templates: "templates".to_owned(),
            exclude: Vec::new(),
        }
    }
}

impl Default for RustTarget {
    fn default() -> Self {
        Self {
            out: "out".to_owned(),
            crate_name: "app-db".to_owned(),
            drivers: vec!["blocking".to_owned(), "async".to_owned()],
            datetime: "jiff".to_owned(),
            types: BTreeMap::new(),
            dependencies: BTreeMap::new(),
            driver_packages: Vec::new(),
            runtime: None,
        }
    }
}

/// `tablec.toml`.
pub static PROJECT: Keys = Keys {
    title: "project",
    doc: "`tablec.toml` in the project's folder. All folders are relative to it.",
    keys: &[
        key(
            "name",
            Form::Name,
            "The project's name.",
            "\"task-tracker\"",
        ),
        key(
            "postgresql",
            Form::Integer,
            "The major version of PostgreSQL that the SQL is for: 14 to 18.",
            "15",
        ),
        key(
            "default_schema",
            Form::Name,
            "The schema that names without one mean; `public` when it is left out.",
            "\"app\"",
        ),
        key(
            "templates",
            Form::Text,
            "The folder of your own templates, which replace the built-in ones by name.",
            "\"templates\"",
        ),
        key(
            "exclude",
            Form::TEXTS,
            "Objects that other tools manage: patterns over `schema.name`.",
            "[\"public.pgmq_*\"]",
        ),
        key(
            "rust",
            Form::Object(&RUST),
            "The Rust that is generated.",
            "{ out = \"out\" }",
        ),
        key(
            "triggers",
            Form::Object(&TRIGGERS),
            "How well triggers have to be tested.",
            "{ require = \"proved\" }",
        ),
    ],
    shared: &[],
    instead: &[
        ("version", "write `postgresql = 15`"),
        ("schema", "write `default_schema = \"app\"`"),
    ],
};

static RUST: Keys = Keys {
    title: "Rust target",
    doc: "",
    keys: &[
        key(
            "out",
            Form::Text,
            "The folder of the generated crate.",
            "\"out\"",
        ),
        key(
            "crate_name",
            Form::Name,
            "The crate's name; `<project>-db` when it is left out.",
            "\"task-tracker-db\"",
        ),
        key(
            "drivers",
            Form::List(&Form::Choice(&["blocking", "async"])),
            "`blocking` (`postgres`), `async` (`tokio-postgres`).",
            "[\"async\"]",
        ),
        key(
            "datetime",
            Form::Choice(&["jiff", "chrono", "time"]),
            "The crate for dates and times.",
            "\"chrono\"",
        ),
        key(
            "types",
            Form::Map(&Form::Text),
            "Rust types by PostgreSQL type.",
            "{ citext = \"String\" }",
        ),
        key(
            "dependencies",
            Form::Map(&Form::Any),
            "Crates that these types come from, as in `Cargo.toml`.",
            "{ semver = \"1.0\" }",
        ),
        key(
            "driver_packages",
            Form::TEXTS,
            "Packages of the workspace that may depend on a database driver, beside the generated one.",
            "[\"worker\"]",
        ),
        key(
            "runtime",
            Form::Text,
            "The folder of `tablec-runtime`, where it does not come from the registry.",
            "\"../tablec/compiler/runtime\"",
        ),
    ],
    shared: &[],
    instead: &[],
};

static LEVELS: [&str; 3] = ["named", "fired", "proved"];

static TRIGGERS: Keys = Keys {
    title: "trigger gate",
    doc: "",
    keys: &[
        key(
            "require",
            Form::Choice(&LEVELS),
            "The least proof that a trigger needs; `fired` when it is left out.",
            "\"proved\"",
        ),
        key(
            "policies",
            Form::Choice(&LEVELS),
            "The least proof that a row-level-security policy needs; none when it is left out.",
            "\"proved\"",
        ),
        key(
            "functions",
            Form::Choice(&LEVELS),
            "The least proof that a function needs that no trigger uses; none when it is left out.",
            "\"fired\"",
        ),
    ],
    shared: &[],
    instead: &[],
};

/// Reads `tablec.toml`. What it does not say has the default.
pub fn read(value: Value<'_>, found: &mut Vec<Diagnostic>) -> Project {
    check::check(
        value,
        &Form::Object(&PROJECT),
        &mut Findings::new(u32::MAX, found),
    );
    let usual = Project::default();
    let name = value.text("name").unwrap_or(usual.name);
    let rust = rust(value.get("rust"), &name);
    let level = |key| value.get("triggers").and_then(|said| said.text(key));
    Project {
        postgresql: postgresql(value, found).unwrap_or(usual.postgresql),
        default_schema: value.text("default_schema").unwrap_or(usual.default_schema),
        triggers_require: level("require").unwrap_or(usual.triggers_require),
        policies_require: level("policies"),
        functions_require: level("functions"),
        templates: value.text("templates").unwrap_or(usual.templates),
        exclude: value.texts("exclude"),
        rust,
        name,
    }
}

fn rust(said: Option<Value<'_>>, name: &str) -> RustTarget {
    let usual = RustTarget::default();
    let text = |key| said.and_then(|said| said.text(key));
    let drivers = said.map(|said| said.texts("drivers")).unwrap_or_default();
    RustTarget {
        out: text("out").unwrap_or(usual.out),
        crate_name: text("crate_name").unwrap_or_else(|| format!("{name}-db")),
        drivers: if drivers.is_empty() {
            usual.drivers
        } else {
            drivers
        },
        datetime: text("datetime").unwrap_or(usual.datetime),
        types: said
            .map(|said| said.settings("types").into_iter().collect())
            .unwrap_or_default(),
        dependencies: said.map(dependencies).unwrap_or_default(),
        driver_packages: said
            .map(|said| said.texts("driver_packages"))
            .unwrap_or_default(),
        runtime: text("runtime"),
    }
}

/// A crate's version, or its table as in `Cargo.toml`, as TOML text.
fn dependencies(said: Value<'_>) -> BTreeMap<String, String> {
    said.entries_of("dependencies")
        .filter_map(|(name, value)| {
            let text = value.as_text().map(str::to_owned);
            Some((name.to_string(), text.or_else(|| value.written())?))
        })
        .collect()
}

fn postgresql(value: Value<'_>, found: &mut Vec<Diagnostic>) -> Option<u32> {
    let said = value.get("postgresql")?;
    let version = said.as_integer()?;
    if !(14..=18).contains(&version) {
        let message = format!("tablec does not know PostgreSQL {version}");
        found.push(
            Diagnostic::error("postgresql-version", said.place(), message)
                .help("it knows 14 to 18"),
        );
    }
    u32::try_from(version).ok()
}
