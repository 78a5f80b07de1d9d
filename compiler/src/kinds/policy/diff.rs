use super::Policy;
use crate::catalog::Id;
use crate::kinds::Kind;
use crate::plan::{Alteration, Change, Diff, Hazard, Site, Stage, Use};

impl Diff for Policy {
    fn create(&self, at: &Site) -> Vec<Change> {
        vec![
            Change::new(at.id, "create")
                .with("new", self)
                .hazards(&[Hazard::ChangesAuthorization]),
        ]
    }

    fn drop(&self, at: &Site) -> Vec<Change> {
        vec![Change::new(at.id, "drop").hazards(&[Hazard::ChangesAuthorization])]
    }

    fn alter(&self, new: &Self, at: &Site) -> Alteration {
        let loses = (self.using.is_some() && new.using.is_none())
            || (self.check.is_some() && new.check.is_none());
        if self.command != new.command || self.restrictive != new.restrictive || loses {
            return Alteration::Replace;
        }
        let mut change = Change::new(at.id, "alter")
            .hazards(&[Hazard::ChangesAuthorization])
            .stage(Stage::Turns);
        if self.roles != new.roles {
            change = change.with("set_roles", true).with("roles", &new.roles);
        }
        if self.using != new.using {
            change = change.with("using", &new.using);
        }
        if self.check != new.check {
            change = change.with("check", &new.check);
        }
        Alteration::Changes(if self == new {
            Vec::new()
        } else {
            vec![change]
        })
    }

    fn uses(&self, id: &Id) -> Vec<Use<'_>> {
        let relation = id.relation();
        let mut uses: Vec<Use> = relation
            .iter()
            .map(|table| Use::Relation(table.clone(), None))
            .collect();
        let texts = self.using.iter().chain(&self.check);
        uses.extend(texts.map(|sql| Use::Text(&sql.0, relation.clone())));
        uses
    }

    fn falls_with(&self, id: &Id) -> Vec<(Id, Option<String>)> {
        vec![(Id::new(Kind::Table, &id.schema, &id.parent), None)]
    }
}
