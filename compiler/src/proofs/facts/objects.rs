use std::collections::{BTreeMap, BTreeSet};

use crate::database::{QueryError, Session};
use crate::proofs::cache::{Key, key};
use crate::sql::quote_ident;

/// What reads the system catalogs can see any change; these words do not.
const HARMLESS: [&str; 12] = [
    "pg_catalog",
    "pg_temp",
    "pg_typeof",
    "pg_sleep",
    "pg_backend_pid",
    "pg_notify",
    "pg_column_size",
    "pg_advisory_lock",
    "pg_advisory_xact_lock",
    "pg_advisory_unlock",
    "pg_default",
    "pg_trigger_depth",
];

/// pgTAP's functions for lists of what a relation has: the relation is named.
const OF_A_RELATION: [&str; 6] = [
    "columns_are",
    "triggers_are",
    "indexes_are",
    "policies_are",
    "rules_are",
    "partitions_are",
];

/// All objects of the test database, and which texts mention which.
///
/// A verdict about a trigger depends on what its suites can reach: what they name or were seen to touch, what is named by that, and
/// so on. A name is a word, whatever it stands for there, so that rather too much is reached than too little. Who can
/// see everything reaches everything: a text that reads the system catalogs, a function that builds statements or is in a
/// language other than SQL and PL/pgSQL.
#[derive(Clone, Debug, Default)]
pub struct Objects {
    all: Vec<Object>,
    by_oid: BTreeMap<u32, usize>,
    by_name: BTreeMap<String, Vec<usize>>,
    /// Those whose names are no words.
    odd: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Object {
    name: String,
    text: String,
    is_global: bool,
    sees_all: bool,
    /// What its text mentions.
    mentions: Vec<usize>,
}

impl Objects {
    /// Reads them, with a checksum of the rows that are in tables.
    pub fn read(session: &Session) -> Result<Self, QueryError> {
        session.batch_execute("set search_path = pg_catalog")?;
        let rows = session.query(include_str!("objects.sql"))?;
        let contents = contents(session)?;
        let mut objects = Self::default();
        for row in &rows {
            let oid: u32 = row.get("oid");
            let mut text: String = row.get("text");
            if let Some(rows) = contents.get(&oid) {
                text = format!("{text}\nrows {rows}");
            }
            let language: &str = row.get("language");
            objects.add(oid, row.get("name"), row.get("is_global"), language, text);
        }
        objects.connect();
        Ok(objects)
    }

    fn add(&mut self, oid: u32, name: String, is_global: bool, language: &str, text: String) {
        let at = self.all.len();
        if !is_global {
            self.by_oid.insert(oid, at);
            if is_word(&name) {
                self.by_name.entry(name.clone()).or_default().push(at);
            } else {
                self.odd.push(at);
            }
        }
        let sees_all = !is_global
            && (sees_catalogs(&text) || !language.is_empty() && is_dynamic(language, &text));
        self.all.push(Object {
            name,
            text,
            is_global,
            sees_all,
            mentions: Vec::new(),
        });
    }

    fn connect(&mut self) {
        let mentions: Vec<Vec<usize>> = self
            .all
            .iter()
            .map(|object| self.mentioned(&object.text).into_iter().collect())
            .collect();
        for (object, mentions) in self.all.iter_mut().zip(mentions) {
            object.mentions = mentions;
        }
    }

    /// The objects whose names are in a text.
    fn mentioned(&self, text: &str) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for word in text.split(|c| !is_inside(c)).collect::<BTreeSet<_>>() {
            let folded = word.to_lowercase();
            for name in [word, folded.as_str()] {
                found.extend(self.by_name.get(name).into_iter().flatten());
            }
        }
        let plain = text.replace("\"\"", "\"");
        found.extend(
            self.odd
                .iter()
                .filter(|at| plain.contains(&self.all[**at].name)),
        );
        found
    }

    /// A checksum of all that these texts and objects can reach; of everything where it is not known what was touched.
    pub fn reached<'a>(
        &self,
        texts: impl IntoIterator<Item = &'a str>,
        touched: Option<&BTreeSet<u32>>,
    ) -> Key {
        let mut everything = touched.is_none();
        let known = |oid: &u32| self.by_oid.get(oid).copied();
        let mut open: BTreeSet<usize> = touched.into_iter().flatten().filter_map(known).collect();
        for text in texts {
            everything |= sees_catalogs(text);
            open.extend(self.mentioned(text));
        }
        open.extend(self.globals());
        let mut reached = BTreeSet::new();
        while let Some(at) = open.pop_first() {
            if reached.insert(at) {
                let object = &self.all[at];
                everything |= object.sees_all;
                open.extend(object.mentions.iter().filter(|at| !reached.contains(*at)));
            }
        }
        let all = (0..self.all.len()).filter(|at| everything || reached.contains(at));
        key(all.flat_map(|at| [self.all[at].name.as_str(), self.all[at].text.as_str()]))
    }

    fn globals(&self) -> impl Iterator<Item = usize> {
        let objects = self.all.iter().enumerate();
        objects.filter_map(|(at, object)| object.is_global.then_some(at))
    }
}

/// Checksums of the rows that the migrations left, by table.
fn contents(session: &Session) -> Result<BTreeMap<u32, String>, QueryError> {
    let tables = session.query(
        "select c.oid, n.nspname::text, c.relname::text from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
         where c.relkind in ('r', 'm') and c.relispopulated and pg_relation_size(c.oid) > 0 and c.relpersistence <> 't'
           and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')",
    )?;
    let sums: Vec<String> = tables
        .iter()
        .map(|row| {
            let (oid, schema, name): (u32, &str, &str) = (row.get(0), row.get(1), row.get(2));
            format!(
                "select {oid}::oid, md5(coalesce(string_agg(t::text, e'\\n' order by t.ctid), '')) from only {}.{} as t",
                quote_ident(schema),
                quote_ident(name)
            )
        })
        .collect();
    if sums.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = session.query(&sums.join(" union all "))?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

fn is_inside(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

fn is_word(name: &str) -> bool {
    !name.is_empty() && name.chars().all(is_inside)
}

/// Whether a text asks the system catalogs, or has pgTAP ask them for all there is.
fn sees_catalogs(text: &str) -> bool {
    text.split(|c| !is_inside(c)).any(|word| {
        let word = word.to_lowercase();
        let catalog = word.starts_with("pg_") && !HARMLESS.contains(&word.as_str());
        let list = word.ends_with("_are") && !OF_A_RELATION.contains(&word.as_str());
        catalog || list || ["information_schema", "runtests", "findfuncs"].contains(&word.as_str())
    })
}

/// Whether a function can run a statement that is not in its text.
fn is_dynamic(language: &str, text: &str) -> bool {
    match language {
        "sql" => false,
        "plpgsql" => text
            .split(|c| !is_inside(c))
            .any(|word| word.eq_ignore_ascii_case("execute")),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Objects;

    fn world(objects: &[(u32, &str, &str, &str)]) -> Objects {
        let mut world = Objects::default();
        world.add(0, String::new(), true, "", "PostgreSQL".to_owned());
        for (oid, name, language, text) in objects {
            world.add(
                *oid,
                (*name).to_owned(),
                false,
                language,
                (*text).to_owned(),
            );
        }
        world.connect();
        world
    }

    const SUITE: &str = "insert into Tasks values (1); select is(n, 1) from tasks;";

    #[test]
    fn what_is_reached_changes_the_checksum() {
        let sum = |log: &str, other: &str, body: &str| {
            world(&[
                (1, "tasks", "", "id int; trigger t execute function f()"),
                (2, "f", "plpgsql", body),
                (3, "log", "", log),
                (4, "other", "", other),
                (5, "My Table", "", "odd"),
            ])
            .reached([SUITE], Some(&BTreeSet::new()))
        };
        let plain = sum("a int", "b int", "insert into log");
        assert_eq!(plain, sum("a int", "another thing", "insert into log"));
        assert_ne!(plain, sum("a bigint", "b int", "insert into log"));
        assert_ne!(plain, sum("a int", "b int", "insert into log; null"));
        let dynamic = "execute 'insert into ' || x";
        assert_ne!(sum("a", "b", dynamic), sum("a", "c", dynamic));
        let curious = "select from pg_class";
        assert_ne!(sum("a", "b", curious), sum("a", "c", curious));
        let odd = r#"insert into "My Table""#;
        assert_ne!(
            sum("a", "b", odd),
            sum("a", "b", "insert into \"My table\"")
        );
    }

    #[test]
    fn what_was_touched_is_reached() {
        let sum = |text: &str, oids: &[u32]| {
            world(&[(1, "tasks", "", text)])
                .reached(["nothing"], Some(&oids.iter().copied().collect()))
        };
        assert_eq!(sum("a", &[]), sum("b", &[]));
        assert_ne!(sum("a", &[1]), sum("b", &[1]));
    }
}
