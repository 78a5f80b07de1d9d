use super::Statistics;
use crate::catalog::{Id, QName};
use crate::kinds::{Kind, Sql};
use crate::plan::{Alteration, Change, Diff, Site, Use};
use crate::sql::{as_key, parse_index_element};

impl Diff for Statistics {
    fn create(&self, at: &Site) -> Vec<Change> {
        let keys: Vec<Sql> = self.keys.iter().map(written).collect();
        let create = Change::new(at.id, "create");
        let mut changes = vec![create.with("new", self).with("keys", keys)];
        changes.extend(self.target.map(|target| set_target(at.id, target)));
        changes
    }

    fn alter(&self, new: &Self, at: &Site) -> Alteration {
        let as_new = Self {
            target: new.target,
            ..self.clone()
        };
        if as_new != *new {
            return Alteration::Replace;
        }
        let changed =
            (self.target != new.target).then(|| set_target(at.id, new.target.unwrap_or(-1)));
        Alteration::Changes(changed.into_iter().collect())
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        let mut uses = vec![Use::Relation(self.table.clone(), None)];
        uses.extend(
            self.keys
                .iter()
                .map(|key| Use::Text(&key.0, Some(self.table.clone()))),
        );
        uses
    }

    fn falls_with(&self, _id: &Id) -> Vec<(Id, Option<String>)> {
        let relations = [Kind::Table, Kind::MaterializedView];
        let relation = |kind| (Id::new(kind, &self.table.schema, &self.table.name), None);
        relations.map(relation).to_vec()
    }

    fn survives_retyping(&self) -> bool {
        // PostgreSQL makes them again, without the target (`RememberStatisticsForRebuilding` of `tablecmds.c`).
        self.target.is_none()
    }

    fn stands_with(&self, _id: &Id) -> Option<QName> {
        Some(self.table.clone())
    }
}

/// A column as it is, an expression as a key.
fn written(key: &Sql) -> Sql {
    let is_column = parse_index_element(&key.0).is_ok_and(|element| element.column.is_some());
    if is_column || key.0.starts_with('(') {
        key.clone()
    } else {
        Sql(as_key(&key.0).into_owned())
    }
}

fn set_target(id: &Id, target: i32) -> Change {
    Change::new(id, "set_statistics").with("target", target)
}
