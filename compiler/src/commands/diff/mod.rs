mod agreement;
mod asked;
mod builder;
mod filter;
mod revision;
mod show;
mod sides;
mod source;

use super::{Database, Failure, Global, Outcome, Output};
pub(super) use filter::Scope;
pub(super) use show::{plan_as_json, show_plan, show_unsupported};
pub(super) use sides::Comparison;
pub(super) use source::Source;

/// Compare two schemas and show the statements that take one to the other
///
/// A side is the project's spec (`spec`), another project's folder, a database URL, a folder of migrations (`migrations` is
/// the project's own), a .sql file, or a git revision of the spec (`git:HEAD~1`).
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tablec diff --database-url postgres://localhost/app           what would bring the database to the spec
  tablec diff --from git:main --to spec                         what this branch changes
  tablec diff --from postgres://a/app --to postgres://b/app     two databases
  tablec diff --format sql > change.sql                         nothing but SQL that psql can run

Exit codes: 0 no differences, 1 differences, 2 could not compare.")]
pub struct Args {
    #[command(flatten)]
    database: Database,
    /// What there is [default: the database of --database-url]
    #[arg(long, value_name = "SOURCE")]
    from: Option<Source>,
    /// What there ought to be
    #[arg(long, value_name = "SOURCE", default_value = "spec")]
    to: Source,
    #[command(flatten)]
    scope: Scope,
    /// Fail where a database has something that tablec has no word for, and so does not compare
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> super::Result {
    let from = match &args.from {
        Some(source) => source.clone(),
        None => Source::Database(args.database.url()?.to_owned()),
    };
    let comparison = Comparison::of(&from, &args.to, &args.scope, global, output)?;
    show_unsupported(&comparison, output);
    if args.strict && !comparison.unsupported.is_empty() {
        return Err(Failure::new("there are objects that can't be compared"));
    }
    show_plan(&comparison, global, output)?;
    Ok(Outcome::found(comparison.differs()))
}
