use std::collections::BTreeMap;

use super::aggregate::Aggregate;
use super::diff::signature;
use crate::catalog::Id;
use crate::kinds::Sql;
use crate::plan::{Alteration, Change, Diff, Hazard, Name, Site, Use, replace_unless_equal};

impl Diff for Aggregate {
    fn create(&self, at: &Site) -> Vec<Change> {
        let parameters: BTreeMap<&String, Sql> = self
            .parameters
            .iter()
            .map(|(name, value)| (name, Sql(value.clone())))
            .collect();
        vec![
            Change::new(at.id, "create")
                .with("new", self)
                .with("parameters", parameters),
        ]
    }

    fn drop(&self, at: &Site) -> Vec<Change> {
        vec![Change::new(at.id, "drop").hazards(&[Hazard::BreaksRunningCode])]
    }

    fn alter(&self, new: &Self, _at: &Site) -> Alteration {
        replace_unless_equal(self, new)
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        let arguments = self.arguments.iter().chain(self.order_by.iter().flatten());
        let mut uses: Vec<Use> = arguments
            .map(|argument| Use::Type(&argument.data_type))
            .collect();
        uses.extend(self.parameters.values().map(|value| Use::Text(value, None)));
        uses
    }

    fn address(&self, id: &Id) -> crate::plan::Context {
        let mut own = crate::plan::Context::new();
        own.insert(
            "name".to_owned(),
            crate::plan::value(crate::catalog::QName::new(&id.schema, &self.name)),
        );
        own.insert(
            "direct".to_owned(),
            crate::plan::value(signature(&self.arguments)),
        );
        own.insert(
            "ordered".to_owned(),
            crate::plan::value(self.order_by.as_deref().map(signature)),
        );
        own
    }

    fn names(&self, id: &Id) -> Vec<Name> {
        vec![Name::Routine(id.qname())]
    }
}
