use super::Table;
use crate::spec::Project;
use crate::spec::project::RustTarget;

/// `tablec.toml`, as far as it is not what is taken anyway.
pub(super) fn write(project: &Project) -> Table {
    let usual = Project::default();
    let mut table = Table::default();
    table.set("name", &project.name);
    table.set("postgresql", i64::from(project.postgresql));
    let differs = |value: &String, usual: &String| (value != usual).then(|| value.clone());
    table.some(
        "default_schema",
        differs(&project.default_schema, &usual.default_schema),
    );
    table.some("templates", differs(&project.templates, &usual.templates));
    table.texts("exclude", &project.exclude);
    table.table("rust", rust(project, &usual.rust));
    let mut triggers = Table::default();
    triggers.some(
        "require",
        differs(&project.triggers_require, &usual.triggers_require),
    );
    triggers.some("policies", project.policies_require.clone());
    triggers.some("functions", project.functions_require.clone());
    table.table("triggers", triggers);
    table
}

fn rust(project: &Project, usual: &RustTarget) -> Table {
    let target = &project.rust;
    let mut table = Table::default();
    let differs = |value: &String, usual: &String| (value != usual).then(|| value.clone());
    table.some("out", differs(&target.out, &usual.out));
    table.some(
        "crate_name",
        differs(&target.crate_name, &format!("{}-db", project.name)),
    );
    if target.drivers != usual.drivers {
        table.texts("drivers", &target.drivers);
    }
    table.some("datetime", differs(&target.datetime, &usual.datetime));
    let mut types = Table::default();
    for (name, rust) in &target.types {
        types.set(name, rust);
    }
    table.table("types", types);
    table
}
