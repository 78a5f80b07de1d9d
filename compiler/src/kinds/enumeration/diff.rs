use super::Enum;
use crate::catalog::{Catalog, Id};
use crate::kinds::Model;
use crate::kinds::table::columns_of;
use crate::plan::{Alteration, Change, Diff, Name, Site, Stage, Use};

impl Diff for Enum {
    fn alter(&self, new: &Self, at: &Site) -> Alteration {
        let lost = lost(self, new);
        if let Some(label) = unplaced(&lost, at).next() {
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

/// The labels that go and that rows may have, of which nobody has said what becomes of these rows.
pub fn unplaced_labels(from: &Catalog, to: &Catalog) -> Vec<(Id, String)> {
    let enums = from.of::<Enum>().filter_map(|(id, old, _)| {
        let object = to.get(id)?;
        let lost = lost(old, Enum::from_body(&object.body)?);
        let at = Site {
            id,
            object,
            from,
            to,
        };
        Some(
            unplaced(&lost, &at)
                .map(|label| (id.clone(), label.clone()))
                .collect::<Vec<_>>(),
        )
    });
    enums.flatten().collect()
}

fn lost<'a>(old: &'a Enum, new: &Enum) -> Vec<&'a String> {
    let labels = old.labels.iter();
    labels.filter(|label| !new.labels.contains(label)).collect()
}

fn unplaced<'a>(lost: &[&'a String], at: &Site) -> impl Iterator<Item = &'a String> {
    let placed = |label: &String| {
        let mut said = at.to.replaced.iter();
        said.any(|said| said.id == *at.id && said.from == *label)
            || at
                .from
                .unused_labels
                .contains(&(at.id.clone(), label.clone()))
    };
    let unplaced: Vec<_> = lost
        .iter()
        .copied()
        .filter(|label| !placed(label))
        .collect();
    let concerned = !columns_of(at.id, at.from).is_disjoint(&columns_of(at.id, at.to));
    unplaced.into_iter().filter(move |_| concerned)
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
