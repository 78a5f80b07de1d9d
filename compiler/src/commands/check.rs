use super::{Failure, Global, Output, triggers};

/// Check that what is generated is fresh, complete and built by the migrations
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only check how well triggers, policies and functions are tested
    #[arg(long)]
    triggers: bool,
    #[command(flatten)]
    how: triggers::How,
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> super::Result {
    if args.triggers {
        return triggers::run(&args.how, global, output);
    }
    Err(Failure::new("`tablec check` is not built yet"))
}
