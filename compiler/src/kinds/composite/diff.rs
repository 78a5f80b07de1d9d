use super::Composite;
use crate::catalog::Id;
use crate::kinds::table::{Table, columns_of, is_assignment};
use crate::plan::{Alteration, Change, Diff, Effect, Hazard, Name, Part, Site, Stage, Use};

impl Diff for Composite {
    fn alter(&self, new: &Self, at: &Site) -> Alteration {
        let mut changes = Vec::new();
        let typed = has_typed_tables(at);
        for old in &self.attributes {
            match new
                .attributes
                .iter()
                .find(|attribute| attribute.name == old.name)
            {
                None => changes.push(
                    Change::new(at.id, "drop_attribute")
                        .with("cascade", typed)
                        .part(&old.name)
                        .hazards(&[Hazard::DeletesData, Hazard::BreaksRunningCode])
                        .effect(Effect::Drops)
                        .stage(Stage::Releases),
                ),
                Some(now) if now.data_type != old.data_type || now.collation != old.collation => {
                    // PostgreSQL refuses to change it where a table has a column of the type, and takes no conversion
                    // where tables are of it.
                    let converted = typed && !is_assignment(&old.data_type, &now.data_type);
                    if converted || !columns_of(at.id, at.from).is_empty() {
                        return Alteration::Swap;
                    }
                    changes.push(
                        Change::new(at.id, "alter_attribute")
                            .with("cascade", typed)
                            .part(&now.name)
                            .with("attribute", now)
                            .effect(Effect::Retypes)
                            .stage(Stage::Turns),
                    );
                }
                Some(_) => {}
            }
        }
        let known = |name: &str| {
            self.attributes
                .iter()
                .any(|attribute| attribute.name == name)
        };
        for attribute in new
            .attributes
            .iter()
            .filter(|attribute| !known(&attribute.name))
        {
            changes.push(
                Change::new(at.id, "add_attribute")
                    .with("cascade", typed)
                    .part(&attribute.name)
                    .with("attribute", attribute)
                    .effect(Effect::Adds)
                    .stage(Stage::Claims),
            );
        }
        // What is added comes last.
        let names = |all: &Self| -> Vec<String> {
            let names = all.attributes.iter().map(|one| one.name.clone());
            names.collect()
        };
        let (was, order) = (names(self), names(new));
        let (kept, added): (Vec<_>, Vec<_>) = order.iter().partition(|name| was.contains(*name));
        let before = was.iter().filter(|name| order.contains(*name));
        if kept.iter().copied().ne(before) || kept.iter().chain(&added).copied().ne(&order) {
            if typed {
                return Alteration::Refuse(
                    "its attributes are in another order, and those of tables of the type stay in theirs; \
                     say what is new last"
                        .to_owned(),
                );
            }
            return Alteration::Swap;
        }
        Alteration::Changes(changes)
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        let types = self
            .attributes
            .iter()
            .map(|attribute| Use::Type(&attribute.data_type));
        let collations = self
            .attributes
            .iter()
            .filter_map(|attribute| attribute.collation.as_deref());
        types.chain(collations.map(Use::Collation)).collect()
    }

    fn names(&self, id: &Id) -> Vec<Name> {
        vec![Name::Relation(id.qname()), Name::Type(id.qname())]
    }

    fn parts(&self) -> Vec<Part<'_>> {
        let parts = self.attributes.iter().map(|attribute| Part {
            name: &attribute.name,
            data_type: Some(&attribute.data_type),
            comment: attribute.comment.as_deref(),
            ..Part::default()
        });
        parts.collect()
    }
}

/// Whether a table is `OF` the type: it changes along, and `CASCADE` has to say so.
fn has_typed_tables(at: &Site) -> bool {
    let mut tables = at.from.of::<Table>();
    tables.any(|(_, table, _)| table.of_type.as_ref() == Some(&at.id.qname()))
}
