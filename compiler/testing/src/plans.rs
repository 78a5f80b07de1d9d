use tablec::catalog::Catalog;
use tablec::database::{Options, QueryError, Session, introspect};
use tablec::plan::Plan;

/// What a database holds.
///
/// # Errors
/// In words, where it can't be read.
pub fn read(session: &Session) -> Result<Catalog, String> {
    introspect(session, &Options::default()).map_err(|error| error.to_string())
}

/// Runs a plan: its statements in one transaction, except for those that can't be part of one.
///
/// # Errors
/// The statement that failed, and why.
pub fn apply(session: &Session, plan: &Plan) -> Result<(), String> {
    let run = |sql: &str| {
        session
            .batch_execute(sql)
            .map_err(|error| failure(sql, &error))
    };
    for setting in &plan.settings {
        run(setting)?;
    }
    let mut open = false;
    for step in &plan.steps {
        if open != step.transactional {
            run(if open { "commit" } else { "begin" })?;
            open = step.transactional;
        }
        run(&step.sql)?;
    }
    if open { run("commit") } else { Ok(()) }
}

fn failure(sql: &str, error: &QueryError) -> String {
    let reason = error
        .server()
        .map_or_else(|| error.to_string(), |server| server.message().to_owned());
    format!("{reason}\n    in {sql}")
}
