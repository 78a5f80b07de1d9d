//! The part of a spec that a server has to build to tell what its objects become.
//!
//! What is said as it is in the database, and has nothing to do with what is not, need not be built.

use std::collections::{BTreeMap, BTreeSet};

use super::diff::Diff;
use crate::catalog::{Catalog, Certainty, Id};
use crate::kinds::{Kind, relation_ids, with_model};

/// What is new or unlike the live database, what that can touch, and what all this needs. `live` has the names of the spec,
/// which has its dependencies.
pub(super) fn to_build(spec: &Catalog, live: &Catalog, unlike: BTreeSet<Id>) -> Catalog {
    let mut wanted = touched(spec, live, unlike);
    let others = spec.objects.keys().filter(|id| !id.kind.can_be_left_out());
    wanted.extend(others.cloned());
    let mut needed: Vec<Id> = wanted.iter().cloned().collect();
    loop {
        add_what_they_need(spec, &mut wanted, needed);
        needed = parts_of(spec, &wanted);
        if needed.is_empty() {
            break;
        }
        wanted.extend(needed.iter().cloned());
    }
    let mut part = spec.clone();
    part.objects.retain(|id, _| wanted.contains(id));
    part.depends.retain(|id, _| wanted.contains(id));
    part
}

/// What differs, what that is a part of, and what depends on it in the database.
fn touched(spec: &Catalog, live: &Catalog, unlike: BTreeSet<Id>) -> BTreeSet<Id> {
    let mut users: BTreeMap<&Id, Vec<&Id>> = BTreeMap::new();
    for (id, on) in &live.depends {
        for one in on.iter().filter(|one| one.certainty != Certainty::InBody) {
            users.entry(&one.on).or_default().push(id);
        }
    }
    let gone = live.objects.keys().filter(|id| spec.get(id).is_none());
    let mut next: Vec<Id> = gone.cloned().chain(unlike).collect();
    let wholes = |id: &Id| [spec, live].map(|catalog| wholes(catalog, id));
    next.extend(next.iter().flat_map(wholes).flatten().collect::<Vec<_>>());
    let mut touched = BTreeSet::new();
    while let Some(id) = next.pop() {
        // What is in a schema does not change with it.
        let by = users.get(&id).filter(|_| id.kind != Kind::Schema);
        if touched.insert(id) {
            next.extend(by.into_iter().flatten().map(|&user| user.clone()));
        }
    }
    touched
}

/// The relations that an index, a trigger, a key belongs to.
fn wholes(catalog: &Catalog, id: &Id) -> Vec<Id> {
    if id.relation().is_some() {
        return relation_ids(id).collect();
    }
    let is_part = id.kind.can_be_left_out() && !id.kind.is_relation();
    let on = catalog.depends.get(id).filter(|_| is_part);
    let relations = on.into_iter().flatten().map(|one| &one.on);
    relations
        .filter(|on| on.kind.is_relation())
        .cloned()
        .collect()
}

fn add_what_they_need(spec: &Catalog, wanted: &mut BTreeSet<Id>, mut next: Vec<Id>) {
    while let Some(id) = next.pop() {
        let ties = spec
            .get(&id)
            .map(|object| with_model!(&object.body, model => Diff::ties(model, &id)));
        for on in needs(spec, &id).cloned().chain(ties.into_iter().flatten()) {
            if wanted.insert(on.clone()) {
                next.push(on);
            }
        }
    }
}

/// Parts of what is wanted that need nothing else: keys, indexes, triggers.
fn parts_of(spec: &Catalog, wanted: &BTreeSet<Id>) -> Vec<Id> {
    let is_part = |id: &&Id| {
        let part = id.kind.can_be_left_out() && !id.kind.is_relation() && !wanted.contains(id);
        let mut on = needs(spec, id);
        part && on.clone().any(|on| on.kind.is_relation()) && on.all(|on| wanted.contains(on))
    };
    spec.objects.keys().filter(is_part).cloned().collect()
}

/// What has to be there before an object is made; a routine's body is not looked at.
fn needs<'a>(spec: &'a Catalog, id: &Id) -> impl Iterator<Item = &'a Id> + Clone {
    let on = spec.depends.get(id).into_iter().flatten();
    on.filter(|one| one.certainty != Certainty::InBody)
        .map(|one| &one.on)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::SourceFile;
    use crate::{plan, spec};

    const USERS: &str = r#"
primary_key = ["id"]
columns.id = { type = "int8" }
columns.name = { type = "text", check = "name <> ''" }
"#;
    const TASKS: &str = r#"
primary_key = ["id"]
columns.id = { type = "int8" }
columns.status = { type = "status" }
columns.user_id = { type = "int8", references = "users" }
indexes.tasks_status_idx = { columns = ["status"] }
"#;
    const TAGS: &str = r#"
primary_key = ["id"]
columns.id = { type = "int8" }
columns.name = { type = "text" }
"#;
    const NAMED: &str = r#"query = "select id from tags where name <> ''""#;

    fn catalog(labels: &str, tags: &str) -> Catalog {
        let status = format!("enum = [{labels}]");
        let files = [
            ("tablec.toml", "name = \"parts\""),
            ("spec/types/status.toml", &status),
            ("spec/tables/users.toml", USERS),
            ("spec/tables/tasks.toml", TASKS),
            ("spec/tables/tags.toml", tags),
            ("spec/views/named.toml", NAMED),
        ];
        let files = files.map(|(path, text)| SourceFile::new(path, text));
        let (spec, found) = spec::read(&files);
        assert_eq!(found, []);
        let mut catalog = spec.catalog;
        plan::dependencies::fill(&mut catalog);
        catalog
    }

    /// What is built of the second where the first is there.
    fn built(live: &Catalog, spec: &Catalog) -> Vec<String> {
        let unlike = spec.objects.iter();
        let unlike = unlike.filter(|(id, object)| live.get(id) != Some(object));
        let unlike = unlike.map(|(id, _)| id.clone()).collect();
        let part = to_build(spec, live, unlike);
        let left_out = |id: &&Id| id.kind.can_be_left_out();
        part.objects
            .keys()
            .filter(left_out)
            .map(Id::to_string)
            .collect()
    }

    #[test]
    fn what_uses_the_difference_is_built_and_nothing_else() {
        let plain = catalog("\"open\"", TAGS);
        let checked = TAGS.replace("\"text\"", "\"text\", check = \"name <> ''\"");
        let expected = [
            "table public.tags",
            "constraint public.tags.tags_name_check",
            "constraint public.tags.tags_pkey",
            "view public.named",
        ];
        assert_eq!(built(&plain, &catalog("\"open\"", &checked)), expected);
    }

    #[test]
    fn what_is_built_has_its_keys() {
        let more = catalog("\"open\", \"done\"", TAGS);
        let expected = [
            "table public.tasks",
            "table public.users",
            "constraint public.tasks.tasks_pkey",
            "constraint public.tasks.tasks_user_id_fkey",
            "constraint public.users.users_name_check",
            "constraint public.users.users_pkey",
            "index public.tasks_status_idx",
        ];
        assert_eq!(built(&catalog("\"open\"", TAGS), &more), expected);
    }

    #[test]
    fn what_is_gone_takes_its_table_along() {
        let dropped = TAGS.replace("primary_key = [\"id\"]\n", "");
        let expected = ["table public.tags", "view public.named"];
        let spec = catalog("\"open\"", &dropped);
        assert_eq!(built(&catalog("\"open\"", TAGS), &spec), expected);
    }
}
