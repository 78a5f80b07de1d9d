use super::Enum;
use crate::catalog::Id;
use crate::plan::{Alteration, Change, Diff, Name, Site, Stage, Use};

impl Diff for Enum {
    fn alter(&self, new: &Self, at: &Site) -> Alteration {
        let lost = self.labels.iter().any(|label| !new.labels.contains(label));
        let kept: Vec<&String> = new
            .labels
            .iter()
            .filter(|label| self.labels.contains(label))
            .collect();
        if lost || kept.into_iter().ne(&self.labels) {
            return Alteration::Swap;
        }
        Alteration::Changes(additions(self, new, at.id))
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        Vec::new()
    }

    fn names(&self, id: &Id) -> Vec<Name> {
        vec![Name::Type(id.qname())]
    }
}

/// Each new label after the one before it; a first one before the old first one.
fn additions(old: &Enum, new: &Enum, id: &Id) -> Vec<Change> {
    let first = old.labels.first();
    let mut changes = Vec::new();
    let head: Vec<&String> = new
        .labels
        .iter()
        .take_while(|label| Some(*label) != first)
        .collect();
    for label in &head {
        changes.push(addition(id, label).with("before", first));
    }
    for pair in new.labels.windows(2).skip(head.len()) {
        let [before, label] = pair else { continue };
        if !old.labels.contains(label) {
            let last = !old.labels.is_empty() && old.labels.last() == Some(before);
            let change = addition(id, label);
            changes.push(if last {
                change
            } else {
                change.with("after", before)
            });
        }
    }
    changes
}

fn addition(id: &Id, label: &str) -> Change {
    Change::new(id, "add_value")
        .part(label)
        .stage(Stage::Claims)
}
