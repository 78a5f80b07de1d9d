use super::Rule;
use crate::catalog::Id;
use crate::kinds::Sql;
use crate::kinds::trigger::Enabled;
use crate::plan::{Alteration, Change, Diff, Site, Stage, Use};

impl Diff for Rule {
    fn create(&self, at: &Site) -> Vec<Change> {
        let mut changes = vec![Change::new(at.id, "create").with("new", self)];
        if self.enabled != Enabled::Origin {
            changes.push(enable(at.id, self.enabled));
        }
        changes
    }

    fn alter(&self, new: &Self, at: &Site) -> Alteration {
        let mut changes = Vec::new();
        if self.definition != new.definition {
            changes.push(
                Change::new(at.id, "replace")
                    .with("definition", replacing(&new.definition))
                    .stage(Stage::Turns),
            );
        }
        if self.enabled != new.enabled {
            changes.push(enable(at.id, new.enabled));
        }
        Alteration::Changes(changes)
    }

    fn uses(&self, id: &Id) -> Vec<Use<'_>> {
        let relation = id.relation();
        let mut uses: Vec<Use> = relation
            .iter()
            .map(|table| Use::Relation(table.clone(), None))
            .collect();
        uses.push(Use::Text(&self.definition.0, relation));
        uses
    }

    fn falls_with(&self, id: &Id) -> Vec<(Id, Option<String>)> {
        crate::kinds::relation_ids(id)
            .map(|relation| (relation, None))
            .collect()
    }
}

/// `CREATE OR REPLACE` for `CREATE`.
fn replacing(definition: &Sql) -> Sql {
    let text = definition.0.as_str();
    let words: Vec<&str> = text.split_whitespace().take(2).collect();
    let says = |at: usize, word: &str| {
        let there = words.get(at);
        there.is_some_and(|there| there.eq_ignore_ascii_case(word))
    };
    match text.split_once(char::is_whitespace) {
        Some((create, rest)) if says(0, "create") && says(1, "rule") => {
            let or_replace = if create == "CREATE" {
                "OR REPLACE"
            } else {
                "or replace"
            };
            Sql(format!("{create} {or_replace} {}", rest.trim_start()))
        }
        _ => definition.clone(),
    }
}

fn enable(id: &Id, enabled: Enabled) -> Change {
    Change::new(id, "enable").with("enabled", enabled)
}
