//! `tablec.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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
            runtime: None,
        }
    }
}
