use super::Extension;
use crate::catalog::Id;
use crate::kinds::Kind;
use crate::plan::{Alteration, Change, Diff, Hazard, Site, Stage, Use};

impl Diff for Extension {
    const UNSAID: &'static [&'static str] = &["schema", "version"];

    fn drop(&self, at: &Site) -> Vec<Change> {
        vec![Change::new(at.id, "drop").hazards(&[Hazard::BreaksRunningCode])]
    }

    fn alter(&self, new: &Self, at: &Site) -> Alteration {
        let mut changes = Vec::new();
        if goes_back(self, new) {
            return if is_stored(at) {
                Alteration::Refuse(format!(
                    "version {} is older than the one installed, and tables hold what belongs to it; say the installed version",
                    new.version.as_deref().unwrap_or_default()
                ))
            } else {
                Alteration::Replace
            };
        }
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

/// Whether the new version is an older one, to which extensions have no update path.
fn goes_back(old: &Extension, new: &Extension) -> bool {
    let numbers = |version: &str| -> Vec<u32> {
        version
            .split('.')
            .map(|part| part.parse().unwrap_or_default())
            .collect()
    };
    match (&old.version, &new.version) {
        (Some(old), Some(new)) => numbers(new) < numbers(old),
        _ => false,
    }
}

/// Whether a table depends on it: a column is of one of its types.
fn is_stored(at: &Site) -> bool {
    at.from.depends.iter().any(|(id, on)| {
        id.kind == Kind::Table && on.iter().any(|dependency| dependency.on == *at.id)
    })
}
