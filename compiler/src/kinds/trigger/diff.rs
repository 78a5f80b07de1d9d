use super::{Enabled, Trigger};
use crate::catalog::Id;
use crate::kinds::table::Table;
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
            if self.constraint || new.constraint || self.leaves_clones(new, at) {
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

impl Trigger {
    /// Whether `CREATE OR REPLACE` would leave the clones that partitions have of it: those of a trigger for each row.
    fn leaves_clones(&self, new: &Self, at: &Site) -> bool {
        let table = at.id.relation();
        let table = table.and_then(|table| Table::find(at.from, &table));
        let partitioned = table.is_some_and(|table| table.partition_by.is_some());
        partitioned && self.for_each_row && !new.for_each_row
    }
}

fn enable(id: &Id, enabled: Enabled) -> Change {
    Change::new(id, "enable").with("enabled", enabled)
}
