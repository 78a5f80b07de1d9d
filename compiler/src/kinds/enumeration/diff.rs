use super::Enum;
use crate::catalog::Id;
use crate::kinds::table::columns_of;
use crate::plan::{Alteration, Change, Diff, Name, Site, Stage, Use};

impl Diff for Enum {
    fn alter(&self, new: &Self, at: &Site) -> Alteration {
        let lost: Vec<&String> = self
            .labels
            .iter()
            .filter(|label| !new.labels.contains(label))
            .collect();
        if let Some(label) = unplaced(&lost, at) {
            return Alteration::Refuse(format!(
                "the label `{label}` goes and columns can hold it; say which one its rows get: \
                 {{ label = \"…\", replaces = [\"{label}\"] }}, or where it is only called otherwise: \
                 {{ label = \"…\", renamed_from = \"{label}\" }}"
            ));
        }
        let kept: Vec<&String> = new
            .labels
            .iter()
            .filter(|label| self.labels.contains(label))
            .collect();
        if !lost.is_empty() || kept.into_iter().ne(&self.labels) {
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

/// A lost label of which nobody has said what becomes of the rows that have it.
fn unplaced<'a>(lost: &[&'a String], at: &Site) -> Option<&'a String> {
    let placed = |label: &String| {
        let mut said = at.to.replaced.iter();
        said.any(|said| said.id == *at.id && said.from == *label)
    };
    let mut unplaced = lost.iter().filter(|label| !placed(label));
    let first = unplaced.next().copied();
    let stays = || !columns_of(at.id, at.from).is_disjoint(&columns_of(at.id, at.to));
    first.filter(|_| stays())
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
