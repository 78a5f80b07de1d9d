use super::EventTrigger;
use crate::catalog::Id;
use crate::kinds::trigger::Enabled;
use crate::plan::{Alteration, Change, Diff, Site, Use};

impl Diff for EventTrigger {
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
        if as_new != *new {
            return Alteration::Replace;
        }
        let changed = (self.enabled != new.enabled).then(|| enable(at.id, new.enabled));
        Alteration::Changes(changed.into_iter().collect())
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        vec![Use::Routine(self.function.clone())]
    }
}

fn enable(id: &Id, enabled: Enabled) -> Change {
    Change::new(id, "enable").with("enabled", enabled)
}
