use super::{View, ViewColumn};
use crate::catalog::{Id, QName};
use crate::kinds::changed_options;
use crate::plan::{Alteration, Change, Diff, Hazard, Name, Part, Site, Stage, Use};

impl Diff for View {
    const UNSAID: &'static [&'static str] = &["columns", "type"];

    fn create(&self, at: &Site) -> Vec<Change> {
        let mut changes = vec![Change::new(at.id, "create").with("new", self)];
        changes.extend(defaults(at.id, &[], &self.columns));
        changes
    }

    fn drop(&self, at: &Site) -> Vec<Change> {
        vec![Change::new(at.id, "drop").hazards(&[Hazard::BreaksRunningCode])]
    }

    fn alter(&self, new: &Self, at: &Site) -> Alteration {
        let same_columns = names(&self.columns) == names(&new.columns);
        if self.query == new.query && same_columns {
            let mut changes = changed_options(at.id, &self.options, &new.options);
            changes.extend(defaults(at.id, &self.columns, &new.columns));
            return Alteration::Changes(changes);
        }
        if !only_appends(&self.columns, &new.columns) {
            return Alteration::Replace;
        }
        let mut changes = vec![
            Change::new(at.id, "replace")
                .with("new", new)
                .stage(Stage::Turns),
        ];
        changes.extend(defaults(at.id, &self.columns, &new.columns));
        Alteration::Changes(changes)
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        vec![Use::Text(&self.query.0, None)]
    }

    fn names(&self, id: &Id) -> Vec<Name> {
        vec![Name::Relation(id.qname()), Name::Type(id.qname())]
    }

    fn parts(&self) -> Vec<Part<'_>> {
        parts(&self.columns)
    }

    fn stands_with(&self, id: &Id) -> Option<QName> {
        Some(id.qname())
    }
}

/// Comments and privileges of a view's columns.
pub(super) fn parts(columns: &[ViewColumn]) -> Vec<Part<'_>> {
    let parts = columns.iter().map(|column| Part {
        name: &column.name,
        comment: column.comment.as_deref(),
        privileges: Some(&column.privileges),
        ..Part::default()
    });
    parts.collect()
}

fn names(columns: &[ViewColumn]) -> Vec<(&str, Option<&str>)> {
    columns
        .iter()
        .map(|column| (column.name.as_str(), column.data_type.as_deref()))
        .collect()
}

/// Whether the old columns are the first of the new ones, so that `CREATE OR REPLACE` can do it. Where types are not known,
/// it is not.
fn only_appends(old: &[ViewColumn], new: &[ViewColumn]) -> bool {
    let known = |columns: &[ViewColumn]| {
        !columns.is_empty() && columns.iter().all(|column| column.data_type.is_some())
    };
    known(old) && known(new) && names(new).starts_with(&names(old))
}

fn defaults(id: &Id, old: &[ViewColumn], new: &[ViewColumn]) -> Vec<Change> {
    let before = |name: &str| {
        old.iter()
            .find(|column| column.name == name)
            .and_then(|column| column.default.as_ref())
    };
    let changed = new
        .iter()
        .filter(|column| before(&column.name) != column.default.as_ref());
    changed
        .map(|column| match &column.default {
            Some(default) => Change::new(id, "set_default")
                .part(&column.name)
                .with("default", default)
                .stage(Stage::Turns),
            None => Change::new(id, "drop_default")
                .part(&column.name)
                .stage(Stage::Releases),
        })
        .collect()
}
