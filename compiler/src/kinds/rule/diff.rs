use super::Rule;
use crate::catalog::Id;
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
                    .with("new", new)
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

fn enable(id: &Id, enabled: Enabled) -> Change {
    Change::new(id, "enable").with("enabled", enabled)
}
