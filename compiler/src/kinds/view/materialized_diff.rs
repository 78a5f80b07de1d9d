use super::diff::parts;
use super::materialized::MaterializedView;
use crate::catalog::{Id, QName};
use crate::kinds::table::usual_storage;
use crate::kinds::{Kind, changed_options, raw};
use crate::plan::{Alteration, Change, Diff, Hazard, Name, Part, Site, Use};

impl Diff for MaterializedView {
    const UNSAID: &'static [&'static str] = &["columns", "type"];

    fn create(&self, at: &Site) -> Vec<Change> {
        let mut changes = vec![Change::new(at.id, "create").with("new", self)];
        let plain = Self {
            columns: Vec::new(),
            clustered_on: None,
            ..self.clone()
        };
        changes.extend(physical(&plain, self, at));
        changes
    }

    fn drop(&self, at: &Site) -> Vec<Change> {
        vec![Change::new(at.id, "drop").hazards(&[Hazard::BreaksRunningCode])]
    }

    fn alter(&self, new: &Self, at: &Site) -> Alteration {
        let names = |view: &Self| {
            view.columns
                .iter()
                .map(|column| (column.name.clone(), column.data_type.clone()))
                .collect::<Vec<_>>()
        };
        if self.query != new.query || names(self) != names(new) {
            return Alteration::Replace;
        }
        let mut changes = changed_options(at.id, &self.options, &new.options);
        if self.tablespace != new.tablespace {
            changes.push(Change::new(at.id, "set_tablespace").with("tablespace", &new.tablespace));
        }
        if self.access_method != new.access_method {
            changes
                .push(Change::new(at.id, "set_access_method").with("method", &new.access_method));
        }
        if self.with_no_data != new.with_no_data {
            let hazards: &[Hazard] = if new.with_no_data {
                &[Hazard::BreaksRunningCode]
            } else {
                &[Hazard::BlocksReads]
            };
            changes.push(
                Change::new(at.id, "refresh")
                    .with("with_no_data", new.with_no_data)
                    .hazards(hazards),
            );
        }
        changes.extend(physical(self, new, at));
        Alteration::Changes(changes)
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        let method = self.access_method.as_deref().map(raw::access_method);
        method
            .into_iter()
            .chain([Use::Text(&self.query.0, None)])
            .collect()
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

fn physical(old: &MaterializedView, new: &MaterializedView, at: &Site) -> Vec<Change> {
    let id = at.id;
    let mut changes = Vec::new();
    for column in &new.columns {
        let before = old.columns.iter().find(|other| other.name == column.name);
        if before.and_then(|column| column.statistics) != column.statistics {
            changes.push(
                Change::new(id, "set_statistics")
                    .part(&column.name)
                    .with("value", column.statistics),
            );
        }
        if before.and_then(|column| column.storage.clone()) != column.storage {
            let mut both = [Some(column), before].into_iter().flatten();
            let data_type = both.find_map(|column| column.data_type.as_deref());
            let usual = usual_storage(data_type.unwrap_or_default(), at.to);
            changes.push(
                Change::new(id, "set_storage")
                    .part(&column.name)
                    .with("value", column.storage.as_deref().unwrap_or(usual)),
            );
        }
    }
    if old.clustered_on != new.clustered_on {
        let change = Change::new(id, "cluster_on").with("index", &new.clustered_on);
        changes.push(match &new.clustered_on {
            Some(index) => change.needs(Id::new(Kind::Index, &id.schema, index)),
            None => change,
        });
    }
    changes
}
