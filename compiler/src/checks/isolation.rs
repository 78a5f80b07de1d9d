use std::collections::BTreeMap;
use std::path::PathBuf;

use toml_edit::{Document, Item, TableLike};

use crate::diagnostics::{Diagnostic, Place};

/// The `Cargo.toml` of a package or workspace.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// The file, relative to the project's folder.
    pub path: PathBuf,
    /// What it says.
    pub text: String,
}

/// The crates that talk to a database.
const DRIVERS: [&str; 24] = [
    "bb8-postgres",
    "bb8-tokio-postgres",
    "clorinde_async",
    "cornucopia_async",
    "cornucopia_sync",
    "deadpool-postgres",
    "diesel",
    "diesel-async",
    "libpq-sys",
    "mobc-postgres",
    "mongodb",
    "mysql",
    "mysql_async",
    "pq-sys",
    "postgres",
    "r2d2_postgres",
    "rusqlite",
    "sea-orm",
    "sqlx",
    "sqlx-core",
    "sqlx-postgres",
    "tokio-postgres",
    "tokio-rusqlite",
    "welds",
];

/// The dependencies on a database driver of packages other than those in `allowed`: a repository is the only place where
/// SQL runs. `workspace` is the manifest whose `[workspace.dependencies]` the others inherit.
pub fn driver_dependencies(
    packages: &[Manifest],
    workspace: Option<&Manifest>,
    allowed: &[String],
) -> Vec<Diagnostic> {
    let inherited = workspace.map(renamed_dependencies).unwrap_or_default();
    packages
        .iter()
        .flat_map(|manifest| in_package(manifest, &inherited, allowed))
        .collect()
}

/// The crates behind the names of `[workspace.dependencies]`, where they are others.
fn renamed_dependencies(workspace: &Manifest) -> BTreeMap<String, String> {
    let Ok(document) = Document::parse(workspace.text.as_str()) else {
        return BTreeMap::new();
    };
    let dependencies = document
        .get("workspace")
        .and_then(|table| table.get("dependencies"));
    let entries = dependencies
        .and_then(Item::as_table_like)
        .into_iter()
        .flat_map(TableLike::iter);
    entries
        .filter_map(|(name, item)| {
            Some((name.to_owned(), item.get("package")?.as_str()?.to_owned()))
        })
        .collect()
}

fn in_package(
    manifest: &Manifest,
    inherited: &BTreeMap<String, String>,
    allowed: &[String],
) -> Vec<Diagnostic> {
    let document = match Document::parse(manifest.text.as_str()) {
        Ok(document) => document,
        Err(error) => {
            let place = place(manifest, error.span());
            return vec![Diagnostic::error(
                "bad-manifest",
                place,
                error.message().to_owned(),
            )];
        }
    };
    let package = document
        .get("package")
        .and_then(|package| package.get("name"))
        .and_then(Item::as_str);
    let Some(package) = package.filter(|name| !allowed.iter().any(|allowed| allowed == name))
    else {
        return Vec::new();
    };
    let tables = dependency_tables(document.as_table());
    tables
        .flat_map(|table| in_table(manifest, package, table, inherited))
        .collect()
}

/// `[dependencies]` and its like, those for one target only included.
fn dependency_tables(root: &dyn TableLike) -> impl Iterator<Item = &dyn TableLike> {
    let targets = root
        .get("target")
        .and_then(Item::as_table_like)
        .into_iter()
        .flat_map(TableLike::iter);
    let targets = targets.filter_map(|(_, item)| item.as_table_like());
    std::iter::once(root).chain(targets).flat_map(|table| {
        let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
        kinds
            .into_iter()
            .filter_map(|kind| table.get(kind)?.as_table_like())
    })
}

fn in_table(
    manifest: &Manifest,
    package: &str,
    table: &dyn TableLike,
    inherited: &BTreeMap<String, String>,
) -> Vec<Diagnostic> {
    let driver = |name: &str, item: &Item| {
        let own = item.get("package").and_then(Item::as_str);
        let crate_name = own
            .or_else(|| inherited.get(name).map(String::as_str))
            .unwrap_or(name);
        DRIVERS.contains(&crate_name).then(|| crate_name.to_owned())
    };
    let found = table
        .iter()
        .filter_map(|(name, item)| Some((name, driver(name, item)?)));
    found
        .map(|(name, driver)| {
            let span = table.get_key_value(name).and_then(|(key, _)| key.span());
            let message = format!("the package `{package}` depends on the database driver `{driver}`");
            Diagnostic::error("driver-dependency", place(manifest, span), message).help(
                "use the ports of the generated crate, and leave SQL to its repositories; where this package must talk to the database itself, name it in tablec.toml: `[rust] driver_packages = [\"…\"]`",
            )
        })
        .collect()
}

fn place(manifest: &Manifest, span: Option<std::ops::Range<usize>>) -> Place {
    Place {
        file: manifest.path.clone(),
        range: span.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(text: &str) -> Manifest {
        Manifest {
            path: PathBuf::from("Cargo.toml"),
            text: text.to_owned(),
        }
    }

    fn found(text: &str) -> Vec<String> {
        let workspace =
            manifest("[workspace.dependencies]\ndb = { package = \"sqlx\", version = \"1\" }\n");
        let found = driver_dependencies(&[manifest(text)], Some(&workspace), &["own".to_owned()]);
        found
            .iter()
            .map(|diagnostic| text[diagnostic.place.range.clone()].to_owned())
            .collect()
    }

    #[test]
    fn a_driver_is_found_where_it_is_said() {
        let head = "[package]\nname = \"web\"\n";
        assert_eq!(
            found(&format!(
                "{head}[dependencies]\nserde = \"1\"\npostgres = \"0.19\"\n"
            )),
            ["postgres"]
        );
        assert_eq!(
            found(&format!(
                "{head}[dev-dependencies.tokio-postgres]\nversion = \"0.7\"\n"
            )),
            ["tokio-postgres"]
        );
        assert_eq!(
            found(&format!(
                "{head}[target.'cfg(unix)'.dependencies]\nx = {{ package = \"diesel\" }}\n"
            )),
            ["x"]
        );
        assert_eq!(
            found(&format!("{head}[dependencies]\ndb.workspace = true\n")),
            ["db"]
        );
        assert_eq!(
            found("[package]\nname = \"own\"\n[dependencies]\npostgres = \"0.19\"\n"),
            [""; 0]
        );
    }

    #[test]
    fn a_broken_manifest_is_said_to_be_one() {
        let diagnostics = driver_dependencies(&[manifest("[package\n")], None, &[]);
        assert_eq!(diagnostics[0].code, "bad-manifest");
    }
}
