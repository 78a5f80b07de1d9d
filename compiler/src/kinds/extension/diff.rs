use super::Extension;
use crate::catalog::Id;
use crate::kinds::Kind;
use crate::plan::{Alteration, Change, Diff, Hazard, Site, Stage, Use};

impl Diff for Extension {
    fn drop(&self, at: &Site) -> Vec<Change> {
        vec![Change::new(at.id, "drop").hazards(&[Hazard::BreaksRunningCode])]
    }

    fn alter(&self, new: &Self, at: &Site) -> Alteration {
        let mut changes = Vec::new();
        if let Some(version) = new.version.as_ref().filter(|_| new.version != self.version) {
            changes.push(
                Change::new(at.id, "update")
                    .with("version", version)
                    .stage(Stage::Turns),
            );
        }
        if let Some(schema) = new.schema.as_ref().filter(|_| new.schema != self.schema) {
            changes.push(
                Change::new(at.id, "set_schema")
                    .with("schema", schema)
                    .stage(Stage::Turns),
            );
        }
        Alteration::Changes(changes)
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        let schema = self.schema.iter();
        schema
            .map(|schema| Use::Object(Id::global(Kind::Schema, schema)))
            .collect()
    }
}
