mod progress;
mod project;
mod watch;

use std::num::NonZeroUsize;

use super::{Failure, Format, Global, Outcome, Output};
use crate::proofs::{Crew, SuiteRun, report, run_suites};
pub(super) use progress::Progress;
pub(super) use project::{Project, SUITES, Serving};

/// Run the pgTAP suites, each in its own database that the migrations built
///
/// Plays pgtap/**/*.sql as psql does and judges the output as `pg_prove` does, without either. Files and folders whose
/// name begins with `_` are for including with \ir. No server is needed: a throwaway one is started, from the
/// PostgreSQL programs that are installed here, with their extension pgtap.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only suites whose path contains one of these texts, or matches as a pattern such as `pgtap/**/task*.sql`
    filter: Vec<String>,
    #[command(flatten)]
    pub(super) serving: Serving,
    /// Run again whenever a suite or a migration changes
    #[arg(long)]
    watch: bool,
}

/// How many suites run at once.
#[derive(Debug, clap::Args)]
pub(super) struct Jobs {
    /// How many suites run at the same time [default: the processors here]
    #[arg(long, short, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

impl Jobs {
    pub(super) fn count(&self) -> usize {
        let here = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        self.jobs.map_or_else(here, NonZeroUsize::get)
    }
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> super::Result {
    let project = Project::open(global)?;
    if args.watch {
        return watch::watch(args, &project, global, output);
    }
    let suites = project.suites(&args.filter)?;
    let stage = args.serving.stage(&project, output)?;
    let progress = Progress::new(output.shows_progress(), "suites", suites.len());
    let heard = |run: &SuiteRun| progress.step(&run.suite.path.display().to_string());
    let crew = Crew {
        jobs: args.serving.jobs.count(),
        files: &|path| project.read(path),
        heard: &heard,
    };
    let runs = run_suites(&stage, &stage.template(), &suites, crew)?;
    progress.finish();
    show(&runs, global.format, output)?;
    Ok(Outcome::found(!report::Totals::of(&runs).passed()))
}

fn show(runs: &[SuiteRun], format: Format, output: &mut Output) -> Result<(), Failure> {
    match format {
        Format::Human | Format::Sql => output.print(report::human(runs)),
        Format::Json => output.json(&report::json(runs)),
        Format::Tap => output.print(report::tap(runs)),
        Format::Junit => {
            let xml = report::junit(runs)
                .map_err(|error| Failure::new(format!("could not write JUnit's XML: {error}")))?;
            output.print(xml)
        }
    }
}
