//! Level 1, without a server: triggers declared in the spec, created by the migrations, named by the suites.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use super::named::{has_word, named_in};
use super::stage::Script;
use crate::diagnostics::{Diagnostic, Place};
use crate::sql::{
    TriggerAction, TriggerStatement, calls_with_strings, same_text, trigger_statements,
};

/// A trigger that somebody declares or creates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Where.
    pub place: Place,
    /// `create trigger …`
    pub definition: String,
}

/// Relation (schema and name; empty for event triggers) and trigger name.
pub type TriggerName = (String, String, String);
/// Triggers by name.
pub type Triggers = BTreeMap<TriggerName, Known>;

/// What the migrations say of triggers when all have run.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Those that are there at the end.
    pub triggers: Triggers,
    /// The names of those that were dropped or renamed, by trigger name, with where.
    pub gone: BTreeMap<String, Place>,
    /// Blocks whose triggers cannot be known without running them.
    pub unknowable: Vec<Place>,
}

impl History {
    /// Reads the migrations in order.
    pub fn of(migrations: &[Script], default_schema: &str) -> Self {
        let mut history = Self::default();
        for migration in migrations {
            for statement in trigger_statements(&migration.text) {
                history.take(statement, migration, default_schema);
            }
        }
        history
    }

    fn take(&mut self, statement: TriggerStatement, migration: &Script, default_schema: &str) {
        let place = Place {
            file: migration.path.clone(),
            range: statement.range.clone(),
        };
        let relation = statement
            .relation
            .map(|(schema, name)| (schema.unwrap_or_else(|| default_schema.to_owned()), name));
        let (schema, table) = relation.unwrap_or_default();
        let name = (schema, table, statement.name);
        match statement.action {
            TriggerAction::Create => {
                let definition = migration
                    .text
                    .get(statement.range)
                    .unwrap_or_default()
                    .to_owned();
                self.gone.remove(&name.2);
                self.triggers.insert(name, Known { place, definition });
            }
            TriggerAction::Drop => self.remove(&name, place),
            TriggerAction::Rename(to) => {
                if let Some(known) = self.triggers.remove(&name) {
                    self.gone.insert(name.2.clone(), place);
                    self.triggers.insert((name.0, name.1, to), known);
                }
            }
            TriggerAction::RenameRelation(to) => {
                for (mut old, known) in self.of_relation(&name) {
                    old.1.clone_from(&to);
                    self.triggers.insert(old, known);
                }
            }
            TriggerAction::DropRelation => {
                for (old, _) in self.of_relation(&name) {
                    self.gone.insert(old.2, place.clone());
                }
            }
            TriggerAction::Unknowable => self.unknowable.push(place),
        }
    }

    fn remove(&mut self, name: &TriggerName, place: Place) {
        self.triggers.remove(name);
        self.gone.insert(name.2.clone(), place);
    }

    /// Takes the triggers of a relation out.
    fn of_relation(&mut self, relation: &TriggerName) -> Vec<(TriggerName, Known)> {
        let names: Vec<TriggerName> = self
            .triggers
            .keys()
            .filter(|name| (&name.0, &name.1) == (&relation.0, &relation.1))
            .cloned()
            .collect();
        names
            .into_iter()
            .filter_map(|name| self.triggers.remove_entry(&name))
            .collect()
    }
}

/// All that is wrong at level 1.
pub fn findings(declared: &Triggers, history: &History, suites: &[Script]) -> Vec<Diagnostic> {
    let mut found = declared_is_created(declared, history);
    found.extend(unnamed(declared, history, suites));
    found.extend(
        suites
            .iter()
            .flat_map(|suite| unknown(declared, history, suite)),
    );
    found
}

/// Both ways, to the letter. Without migrations there is nothing to compare; after a block that cannot be known, only differences.
fn declared_is_created(declared: &Triggers, history: &History) -> Vec<Diagnostic> {
    let (created, sure) = (&history.triggers, history.unknowable.is_empty());
    let mut found = Vec::new();
    if created.is_empty() && history.gone.is_empty() {
        return found;
    }
    for (name, known) in declared {
        match created.get(name) {
            None if sure => found.push(
                Diagnostic::error(
                    "trigger-not-created",
                    known.place.clone(),
                    format!("no migration creates the trigger `{}`", label(name)),
                )
                .help("`tablec generate` writes the migration"),
            ),
            Some(other) if !same_definition(&known.definition, &other.definition) => found.push(
                Diagnostic::error(
                    "trigger-differs",
                    known.place.clone(),
                    format!(
                        "the trigger `{}` is not as the migrations create it",
                        label(name)
                    ),
                )
                .help("`tablec generate` writes the migration")
                .related(other.place.clone(), "created here"),
            ),
            _ => {}
        }
    }
    for (name, known) in created
        .iter()
        .filter(|(name, _)| !declared.contains_key(*name))
    {
        found.push(
            Diagnostic::error("trigger-not-declared", known.place.clone(), format!("the spec does not declare the trigger `{}`", label(name)))
                .help(if name.1.is_empty() {
                    "declare it in `[event_triggers]` of spec/database.toml, or let `tablec generate` write the migration that drops it"
                } else {
                    "declare it in `[triggers]` of its table, or let `tablec generate` write the migration that drops it"
                }),
        );
    }
    found
}

fn same_definition(a: &str, b: &str) -> bool {
    let plain = |text: &str| {
        text.trim_end()
            .trim_end_matches(';')
            .replacen("create or replace", "create", 1)
    };
    same_text(
        &plain(&a.replacen("CREATE OR REPLACE", "create", 1)),
        &plain(&b.replacen("CREATE OR REPLACE", "create", 1)),
    )
}

fn unnamed(declared: &Triggers, history: &History, suites: &[Script]) -> Vec<Diagnostic> {
    let all: BTreeMap<&TriggerName, &Known> = history.triggers.iter().chain(declared).collect();
    let ambiguous = |name: &TriggerName| all.keys().filter(|other| other.2 == name.2).count() > 1;
    all.iter()
        .filter(|(name, _)| {
            named_in(suites, &name.2, ambiguous(name).then_some(name.1.as_str())).is_empty()
        })
        .map(|(name, known)| {
            Diagnostic::error(
                "trigger-unnamed",
                known.place.clone(),
                format!("no suite names the trigger `{}`", label(name)),
            )
            .help(format!(
                "test it in pgtap/{}.sql, and name it there",
                if name.1.is_empty() { &name.2 } else { &name.1 }
            ))
        })
        .collect()
}

/// Triggers that a suite asks pgTAP about, and that are not there.
fn unknown(declared: &Triggers, history: &History, suite: &Script) -> Vec<Diagnostic> {
    const ASKING: [&str; 3] = ["has_trigger", "trigger_is", "triggers_are"];
    let exists = |name: &str| {
        history
            .triggers
            .keys()
            .chain(declared.keys())
            .any(|known| known.2 == name)
    };
    let mut found = Vec::new();
    for (function, strings, range) in calls_with_strings(&suite.text, |name| ASKING.contains(&name))
    {
        // The table comes first; which of the others is the trigger depends on what is left out.
        let candidates: Vec<&String> = strings.iter().skip(1).collect();
        if !history.unknowable.is_empty()
            || candidates.is_empty()
            || candidates.iter().any(|name| exists(name))
        {
            continue;
        }
        found.push(no_such_trigger(
            &suite.path,
            range,
            &format!("`{}` in this `{function}` is no trigger", candidates[0]),
        ));
    }
    for (name, place) in history
        .gone
        .iter()
        .filter(|(name, _)| !exists(name) && has_word(&suite.text, name))
    {
        let range = suite
            .text
            .find(name.as_str())
            .map_or(0..0, |at| at..at + name.len());
        found.push(
            no_such_trigger(&suite.path, range, &format!("the trigger `{name}` is gone"))
                .related(place.clone(), "dropped or renamed here"),
        );
    }
    found
}

fn no_such_trigger(file: &Path, range: Range<usize>, message: &str) -> Diagnostic {
    Diagnostic::error(
        "trigger-unknown",
        Place {
            file: file.to_owned(),
            range,
        },
        message,
    )
    .help("test a trigger that is there, or drop the test")
}

fn label(name: &TriggerName) -> String {
    let (schema, table, trigger) = name;
    match (schema.as_str(), table.as_str()) {
        (_, "") => trigger.clone(),
        ("public", table) => format!("{table}.{trigger}"),
        (schema, table) => format!("{schema}.{table}.{trigger}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(path: &str, text: &str) -> Script {
        Script {
            path: path.into(),
            text: text.to_owned(),
        }
    }

    fn trigger(name: &str) -> (TriggerName, Known) {
        let definition =
            format!("create trigger {name} before update on t for each row execute function f()");
        (
            ("public".into(), "t".into(), name.into()),
            Known {
                place: Place {
                    file: "spec/tables/t.toml".into(),
                    range: 0..1,
                },
                definition,
            },
        )
    }

    fn codes(declared: &[&str], migrations: &str, suite: &str) -> Vec<String> {
        let declared: Triggers = declared.iter().map(|name| trigger(name)).collect();
        let history = History::of(&[script("migrations/0001_a.sql", migrations)], "public");
        let found = findings(&declared, &history, &[script("pgtap/t.sql", suite)]);
        found
            .into_iter()
            .map(|diagnostic| format!("{}: {}", diagnostic.code, diagnostic.message))
            .collect()
    }

    const CREATE_A: &str =
        "CREATE OR REPLACE TRIGGER a BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();";

    #[test]
    fn what_is_declared_created_and_named_is_well() {
        assert_eq!(codes(&["a"], CREATE_A, "-- a"), Vec::<String>::new());
        assert_eq!(
            codes(
                &["b"],
                &format!("{CREATE_A} alter trigger a on public.t rename to b;"),
                "-- b"
            ),
            ["trigger-differs: the trigger `t.b` is not as the migrations create it"]
        );
    }

    #[test]
    fn differences_are_found_both_ways() {
        assert_eq!(
            codes(&["a", "b"], CREATE_A, "-- a b"),
            ["trigger-not-created: no migration creates the trigger `t.b`"]
        );
        assert_eq!(
            codes(&[], CREATE_A, "-- a"),
            ["trigger-not-declared: the spec does not declare the trigger `t.a`"]
        );
        let after = CREATE_A.replace("BEFORE", "AFTER");
        assert_eq!(
            codes(&["a"], &after, "-- a"),
            ["trigger-differs: the trigger `t.a` is not as the migrations create it"]
        );
    }

    #[test]
    fn suites_name_what_is_there() {
        assert_eq!(
            codes(&["a"], CREATE_A, "-- abc"),
            ["trigger-unnamed: no suite names the trigger `t.a`"]
        );
        assert_eq!(
            codes(&["a"], CREATE_A, "-- a\nselect has_trigger('t', 'aa');"),
            ["trigger-unknown: `aa` in this `has_trigger` is no trigger"]
        );
        assert_eq!(
            codes(
                &["a"],
                &format!(
                    "{CREATE_A} create trigger old_one after delete on t execute function f(); drop trigger old_one on t;"
                ),
                "-- a old_one"
            ),
            ["trigger-unknown: the trigger `old_one` is gone"]
        );
    }

    #[test]
    fn blocks_cannot_be_known() {
        let history = History::of(
            &[script(
                "migrations/0001_a.sql",
                "do $$ begin create trigger x before insert on t execute function f(); end $$;",
            )],
            "public",
        );
        assert_eq!(history.unknowable.len(), 1);
        assert_eq!(
            codes(
                &["a"],
                &format!("{CREATE_A} do 'create trigger';"),
                "-- a\nselect has_trigger('t', 'x');"
            ),
            Vec::<String>::new()
        );
    }
}
