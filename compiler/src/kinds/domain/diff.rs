use std::collections::BTreeSet;

use super::{Domain, DomainCheck, not_null};
use crate::catalog::{Catalog, Id};
use crate::kinds::table::Table;
use crate::kinds::{Body, Kind, Sql, lets_go};
use crate::plan::{Alteration, Change, Diff, Hazard, Name, Part, Site, Stage, Use};
use crate::sql::TypeName;

impl Diff for Domain {
    fn alter(&self, new: &Self, at: &Site) -> Alteration {
        if self.data_type != new.data_type || self.collation != new.collation {
            return Alteration::Swap;
        }
        if self.is_stricter(new) && is_inside_values(at.id, at.from) {
            return Alteration::Swap;
        }
        let mut changes = Vec::new();
        if self.default != new.default {
            changes.push(match &new.default {
                Some(default) => Change::new(at.id, "set_default")
                    .with("default", default)
                    .stage(Stage::Turns),
                None => Change::new(at.id, "drop_default").stage(Stage::Releases),
            });
        }
        if self.not_null != new.not_null {
            changes.push(if new.not_null {
                let named = not_null::said(new, at);
                Change::new(at.id, "set_not_null")
                    .with("constraint", named)
                    .hazards(&[Hazard::ScansTable, Hazard::BlocksWrites])
            } else {
                Change::new(at.id, "drop_not_null")
            });
        }
        changes.extend(not_null::changes(self, new, at));
        changes.extend(check_changes(self, new, at.id));
        Alteration::Changes(changes)
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        let mut uses = vec![Use::Type(&self.data_type)];
        uses.extend(self.collation.as_deref().map(Use::Collation));
        uses.extend(self.default.as_ref().map(|sql| Use::Text(&sql.0, None)));
        uses.extend(
            self.checks
                .iter()
                .map(|check| Use::Text(&check.expression.0, None)),
        );
        uses
    }

    fn create(&self, at: &Site) -> Vec<Change> {
        let (later, checks): (Vec<&DomainCheck>, Vec<_>) =
            self.checks.iter().partition(|check| check.not_valid);
        let mut changes = vec![
            Change::new(at.id, "create")
                .with("new", self)
                .with("constraint", not_null::printed(self, at))
                .with("checks", checks),
        ];
        changes.extend(not_null::comment(&Self::default(), self, at));
        changes.extend(later.into_iter().map(|check| add_check(at.id, check)));
        changes
    }

    fn names(&self, id: &Id) -> Vec<Name> {
        vec![Name::Type(id.qname())]
    }

    fn keep_constraint_names(&mut self, id: &Id, postgresql: u32) {
        not_null::keep_name(self, id, postgresql);
    }

    fn follow_names(&mut self, id: &Id, from: &Catalog, to: &Catalog) -> Vec<Change> {
        not_null::follow_name(self, id, from, to)
    }

    fn parts(&self) -> Vec<Part<'_>> {
        let parts = self.checks.iter().map(|check| Part {
            name: &check.name,
            comment: check.comment.as_deref(),
            ..Part::default()
        });
        parts.collect()
    }

    fn survives_replacement(&self, of: &Id) -> bool {
        !of.kind.is_type() && of.kind != Kind::Collation
    }

    fn regrasp(&self, new: &Self, replaced: &[&Id], at: &Site) -> Vec<Change> {
        let lets_go = |old: &Sql, new: Option<&Sql>| lets_go(old, new, replaced, at.to);
        let mut changes = Vec::new();
        for check in &self.checks {
            let now = new.checks.iter().find(|other| other.name == check.name);
            if lets_go(&check.expression, now.map(|now| &now.expression)) {
                changes.push(drop_check(at.id, check));
                changes.extend(now.map(|check| add_check(at.id, check)));
            }
        }
        let default = self.default.as_ref();
        if default.is_some_and(|default| lets_go(default, new.default.as_ref())) {
            changes.push(Change::new(at.id, "drop_default").stage(Stage::Releases));
            changes.extend(new.default.as_ref().map(|sql| {
                Change::new(at.id, "set_default")
                    .with("default", sql)
                    .stage(Stage::Claims)
            }));
        }
        changes
    }

    fn makes_way(&self, new: &Self, replaced: &[&Id], at: &Site) -> bool {
        let mut again = self.checks.iter().filter(|check| {
            let now = new.checks.iter().find(|other| other.name == check.name);
            let checked = now.filter(|now| !now.not_valid);
            checked.is_some_and(|now| {
                lets_go(&check.expression, Some(&now.expression), replaced, at.to)
            })
        });
        again.next().is_some() && is_inside_values(at.id, at.from)
    }
}

impl Domain {
    /// Whether values have to be looked at before this becomes the new one.
    fn is_stricter(&self, new: &Self) -> bool {
        let checked = |check: &DomainCheck| {
            let mut before = self.checks.iter();
            check.not_valid || before.any(|before| before == check)
        };
        new.not_null && !self.not_null || !new.checks.iter().all(checked)
    }
}

/// Whether a column's values have values of the domain inside: `ALTER DOMAIN` can't look at those of arrays, composites and
/// ranges (`find_composite_type_dependencies`).
fn is_inside_values(domain: &Id, catalog: &Catalog) -> bool {
    let mut inside: BTreeSet<Id> = BTreeSet::new();
    let mut same = BTreeSet::from([domain.clone()]);
    let holds = |inside: &BTreeSet<Id>, same: &BTreeSet<Id>, text: &str, parts: bool| {
        let name = TypeName::parse(text).ok();
        name.is_some_and(|name| {
            let meant = catalog.qualified(&name);
            let is = |id: &Id| id.qname() == meant;
            inside.iter().any(is) || (name.array || parts) && same.iter().any(is)
        })
    };
    loop {
        let before = inside.len() + same.len();
        for (id, object) in &catalog.objects {
            let is_holder = match &object.body {
                Body::Domain(other)
                    if same
                        .iter()
                        .any(|one| catalog.is_named(&other.data_type, one)) =>
                {
                    same.insert(id.clone());
                    false
                }
                Body::Domain(other) => holds(&inside, &same, &other.data_type, false),
                Body::Composite(other) => other
                    .attributes
                    .iter()
                    .any(|one| holds(&inside, &same, &one.data_type, true)),
                Body::Table(other) => other
                    .columns
                    .iter()
                    .any(|one| holds(&inside, &same, &one.data_type, true)),
                Body::Range(other) => holds(&inside, &same, &other.subtype, true),
                _ => false,
            };
            if is_holder {
                inside.insert(id.clone());
            }
        }
        if inside.len() + same.len() == before {
            break;
        }
    }
    catalog.of::<Table>().any(|(_, table, _)| {
        table
            .columns
            .iter()
            .any(|column| holds(&inside, &same, &column.data_type, false))
    })
}

fn check_changes(old: &Domain, new: &Domain, id: &Id) -> Vec<Change> {
    let mut changes = Vec::new();
    for check in &old.checks {
        let now = new.checks.iter().find(|other| other.name == check.name);
        let same = now.is_some_and(|now| {
            now.expression == check.expression && (check.not_valid || !now.not_valid)
        });
        if !same {
            changes.push(drop_check(id, check));
        }
    }
    for check in &new.checks {
        let before = old.checks.iter().find(|other| other.name == check.name);
        match before {
            Some(before)
                if before.expression == check.expression && before.not_valid == check.not_valid => {
            }
            Some(before) if before.expression == check.expression && before.not_valid => {
                changes.push(
                    Change::new(id, "validate_check")
                        .part(&check.name)
                        .hazards(&[Hazard::ScansTable]),
                );
            }
            _ => changes.push(add_check(id, check)),
        }
    }
    changes
}

fn drop_check(id: &Id, check: &DomainCheck) -> Change {
    Change::new(id, "drop_check")
        .part(&check.name)
        .stage(Stage::Releases)
}

fn add_check(id: &Id, check: &DomainCheck) -> Change {
    let change = Change::new(id, "add_check")
        .part(&check.name)
        .with("check", check)
        .stage(Stage::Claims);
    if check.not_valid {
        change
    } else {
        change.hazards(&[Hazard::ScansTable, Hazard::BlocksWrites])
    }
}
