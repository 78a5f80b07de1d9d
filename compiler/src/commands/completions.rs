use super::{Global, Outcome, Output};

/// Print the completions for a shell
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  tablec completions bash > ~/.local/share/bash-completion/completions/tablec"
)]
pub struct Args {
    /// The shell
    shell: clap_complete::Shell,
}

pub(super) fn run(args: &Args, _: &Global, output: &mut Output) -> super::Result {
    let mut script = Vec::new();
    clap_complete::generate(
        args.shell,
        &mut super::command_line(),
        "tablec",
        &mut script,
    );
    output.print(String::from_utf8_lossy(&script))?;
    Ok(Outcome::Clean)
}
