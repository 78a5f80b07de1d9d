use std::collections::{BTreeMap, BTreeSet};

use tablec::catalog::{Catalog, Rename};
use tablec::cluster::Cluster;
use tablec::diagnostics::Severity;
use tablec::kinds::enumeration::Enum;
use tablec::kinds::table::Table;
use tablec::plan::{self, Plan};
use tablec::spec;
use tablec::sql::quote_ident;
use tablec::templates::Templates;
use tablec_testing::{Database, apply, built_part, read, same_dump};

use super::gene::Pair;
use super::schema::{build, rows_that_fit};
use super::world::{Place, ROLES};

/// A server, and the law on it.
pub struct Judge {
    cluster: &'static Cluster,
    place: Place,
    templates: Templates,
}

/// What is at fault where the schemas themselves can't be built.
pub const GENERATOR: &str = "the generator's SQL is valid";

/// Which part of the law does not hold, and how.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The part.
    pub part: &'static str,
    /// What is wrong.
    pub text: String,
    /// The two schemas.
    pub sql: String,
}

/// What to do when a step of one part of the law fails.
fn failing(part: &'static str) -> impl Fn(String) -> Failure {
    move |text| Failure {
        part,
        text,
        sql: String::new(),
    }
}

impl Judge {
    /// On that server.
    pub fn on(cluster: &'static Cluster) -> Self {
        let session = cluster.connect("postgres").unwrap();
        for role in ROLES {
            session
                .batch_execute(&format!("create role {}", quote_ident(role)))
                .unwrap();
        }
        let rows = session
            .query("select name::text from pg_available_extensions")
            .unwrap();
        Self {
            cluster,
            place: Place {
                major: cluster.major(),
                extensions: rows.iter().map(|row| row.get(0)).collect(),
            },
            templates: Templates::embedded("public"),
        }
    }

    /// Builds the old and the new schemas of all pairs, each with schemas of its own, and takes the old ones to the new ones.
    pub fn judge(&self, pairs: &[(usize, Pair)]) -> Result<(), Failure> {
        let (mut old_sql, mut new_sql) = (Vec::new(), Vec::new());
        for (number, pair) in pairs {
            let schema = |genome, rows| build(genome, *number, &self.place, rows);
            let none = BTreeSet::new();
            let new = schema(&pair.new, &none);
            let rows = rows_that_fit(&schema(&pair.old, &none), &new);
            old_sql.extend(schema(&pair.old, &rows).statements);
            new_sql.extend(new.statements);
        }
        self.check(&old_sql, &new_sql).map_err(|failure| Failure {
            sql: format!("-- old\n{}\n-- new\n{}", old_sql.concat(), new_sql.concat()),
            ..failure
        })
    }

    fn check(&self, old_sql: &[String], new_sql: &[String]) -> Result<(), Failure> {
        let (old, new) = (self.build(old_sql)?, self.build(new_sql)?);
        let to = introspected(&new)?;
        let should = new.dump();
        let mut spec = through_toml(&to, self.place.major)?;
        let built = self.built_from_nothing(&spec, &should)?;
        let from = introspected(&old)?;
        replace_labels(&mut spec, &from);
        let plan = self.plan_to(&spec, &built, &from)?;
        let before = values(&old, &from, &to)?;
        let wrong = |part: &'static str| {
            let sql = plan.to_sql();
            move |text: String| failing(part)(format!("{text}\n-- plan\n{sql}"))
        };
        apply(&old.connect(), &plan).map_err(wrong("the plan runs"))?;
        same_dump(&plan, &should, &old.dump()).map_err(wrong("the dumps are equal"))?;
        let after = values(&old, &from, &to)?;
        if before != after {
            let text =
                similar::TextDiff::from_lines(lines(&before).as_str(), lines(&after).as_str())
                    .unified_diff()
                    .context_radius(0)
                    .to_string();
            return Err(wrong("rows stay")(text));
        }
        let again = self.plan_to(&spec, &built, &introspected(&old)?)?;
        if again.is_empty() {
            return Ok(());
        }
        Err(wrong("the second plan is empty")(again.to_sql()))
    }

    fn build(&self, statements: &[String]) -> Result<Database<'static>, Failure> {
        let database = Database::on(self.cluster);
        let session = database.connect();
        if session.batch_execute(&statements.concat()).is_ok() {
            return Ok(database);
        }
        let wrong = statements.iter().find_map(|statement| {
            let error = session.batch_execute(statement).err()?;
            Some(format!("{error}\nin {statement}"))
        });
        Err(failing(GENERATOR)(wrong.unwrap_or_default()))
    }

    /// What the spec builds on an empty database.
    fn built_from_nothing(&self, spec: &Catalog, should: &str) -> Result<Catalog, Failure> {
        let shadow = Database::on(self.cluster);
        let plan = self.plan(&plan::empty("public"), spec)?;
        let wrong = |text: String| {
            let text = format!("{text}\n-- plan\n{}", plan.to_sql());
            failing("the imported spec builds the same")(text)
        };
        apply(&shadow.connect(), &plan).map_err(wrong)?;
        same_dump(&plan, should, &shadow.dump()).map_err(wrong)?;
        introspected(&shadow)
    }

    fn plan_to(&self, spec: &Catalog, built: &Catalog, live: &Catalog) -> Result<Plan, Failure> {
        let part = |part: &Catalog| Ok::<_, Failure>(built_part(built, spec, part));
        let target = plan::compare(spec.clone(), live, part)?;
        self.plan(live, &target)
    }

    fn plan(&self, from: &Catalog, to: &Catalog) -> Result<Plan, Failure> {
        let plan = plan::plan(from, to, &self.templates)
            .map_err(|error| failing("there is a plan")(format!("{error:?}")))?;
        if let Some((id, reason)) = plan.refusals().next() {
            return Err(failing("there is a plan")(format!("{id}: {reason}")));
        }
        Ok(plan)
    }
}

fn introspected(database: &Database) -> Result<Catalog, Failure> {
    let catalog = read(&database.connect()).map_err(failing("the catalogs are read"))?;
    match catalog.unsupported.first() {
        Some(object) => Err(failing("everything has a form")(format!("{object:?}"))),
        None => Ok(catalog),
    }
}

/// A database's schema as a project says it.
fn through_toml(catalog: &Catalog, postgresql: u32) -> Result<Catalog, Failure> {
    let project = spec::Project {
        postgresql,
        ..spec::Project::default()
    };
    let files = spec::write::write(catalog, &project);
    let (spec, found) = spec::read(&files);
    let mut said = spec.catalog;
    plan::dependencies::fill(&mut said);
    let mut errors = found
        .into_iter()
        .filter(|found| found.severity == Severity::Error);
    match errors.next() {
        None => Ok(said),
        Some(error) => Err(failing("what is imported can be read")(format!(
            "{error:?}"
        ))),
    }
}

/// Rows with a label that is gone get the first one.
fn replace_labels(spec: &mut Catalog, from: &Catalog) {
    let mut replaced = Vec::new();
    for (id, new, _) in spec.of::<Enum>() {
        let old = from.of::<Enum>().find(|(other, ..)| *other == id);
        let labels = old.map_or(&[][..], |(_, old, _)| &old.labels);
        let gone = labels.iter().filter(|label| !new.labels.contains(label));
        replaced.extend(gone.map(|label| Rename {
            id: id.clone(),
            part: new.labels.first().cloned(),
            from: label.clone(),
        }));
    }
    spec.replaced = replaced;
}

fn lines(values: &BTreeMap<String, String>) -> String {
    values.iter().fold(String::new(), |all, (name, sum)| {
        all + name + " " + sum + "\n"
    })
}

/// A checksum of each column that both schemas have, of the tables that have rows.
fn values(
    database: &Database,
    from: &Catalog,
    to: &Catalog,
) -> Result<BTreeMap<String, String>, Failure> {
    let mut queries = Vec::new();
    for (id, old, _) in from.of::<Table>() {
        let new = to.of::<Table>().find(|(other, ..)| *other == id);
        let Some((_, new, _)) = new.filter(|_| old.foreign.is_none() && old.of_type.is_none())
        else {
            continue;
        };
        let kept = |name: &str| {
            new.column(name)
                .is_some_and(|column| column.generated.is_none())
        };
        for column in old.columns.iter().filter(|column| kept(&column.name)) {
            let name = tablec::sql::quote_literal(&format!("{} {}", id.qname(), column.name));
            let (column, table) = (quote_ident(&column.name), sql_name(&id.schema, &id.name));
            queries.push(format!(
                "select {name}, count(*) || coalesce(md5(string_agg({column}::text, ',' order by {column}::text)), '') from only {table} having count(*) > 0"
            ));
        }
    }
    if queries.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = database
        .connect()
        .query(&queries.join(" union all "))
        .map_err(|error| failing("rows can be read")(error.to_string()))?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

fn sql_name(schema: &str, name: &str) -> String {
    format!("{}.{}", quote_ident(schema), quote_ident(name))
}
