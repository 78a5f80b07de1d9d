use super::{Enabled, Trigger};
use crate::catalog::Id;
use crate::plan::{Alteration, Change, Diff, Site, Stage, Use};

impl Diff for Trigger {
    fn create(&self, at: &Site) -> Vec<Change> {
        let mut changes = vec![Change::new(at.id, "create").with("new", self)];
        if self.enabled != Enabled::Origin {
            changes.push(enable(at.id, self.enabled));
        }
        changes
    }

    fn alter(&self, new: &Self, at: &Site) -> Alteration {
        let as_new = Self {
            enabled: new.enabled,
            ..self.clone()
        };
        let mut changes = Vec::new();
        if as_new != *new {
            if self.constraint || new.constraint {
                return Alteration::Replace;
            }
            changes.push(
                Change::new(at.id, "replace")
                    .with("new", new)
                    .stage(Stage::Turns),
            );
        }
        if self.enabled != new.enabled || (!changes.is_empty() && new.enabled != Enabled::Origin) {
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
        uses.extend(
            self.from_table
                .iter()
                .map(|table| Use::Relation(table.clone(), None)),
        );
        uses.push(Use::Routine(self.function.clone()));
        if let Some(relation) = &relation {
            let columns = self.events.update_of.iter();
            uses.extend(
                columns.map(|column| Use::Relation(relation.clone(), Some(column.as_str()))),
            );
        }
        uses.extend(
            self.when
                .iter()
                .map(|sql| Use::Text(&sql.0, relation.clone())),
        );
        uses
    }

    fn falls_with(&self, id: &Id) -> Vec<(Id, Option<String>)> {
        crate::kinds::relation_ids(id)
            .map(|relation| (relation, None))
            .collect()
    }
}

fn enable(id: &Id, enabled: Enabled) -> Change {
    Change::new(id, "enable").with("enabled", enabled)
}
