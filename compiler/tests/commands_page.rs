//! `docs/reference/commands.md` says what `--help` says.

use std::fmt::Write;

use clap::{Arg, Command};
use tablec::render::MARK;

#[test]
fn the_page_of_commands_is_fresh() {
    let mut command = tablec::commands::command_line().term_width(100);
    command.build();
    let mut page = format!("<!-- {MARK} from the command line's own help. -->\n\n# Commands\n");
    describe(&mut page, &command, "tablec");
    tablec_testing::assert_written("docs/reference/commands.md", &page);
}

fn describe(page: &mut String, command: &Command, name: &str) {
    let own = if name == "tablec" {
        command.clone()
    } else {
        command.clone().mut_args(without_shared)
    };
    let help = own.bin_name(name).render_long_help().to_string();
    let help = without_trailing_space(&help);
    writeln!(page, "\n## `{name}`\n\n```text\n{help}```").unwrap();
    let shown = |command: &&Command| command.get_name() != "help" && !command.is_hide_set();
    for subcommand in command.get_subcommands().filter(shown) {
        describe(
            page,
            subcommand,
            &format!("{name} {}", subcommand.get_name()),
        );
    }
}

/// Said once, for `tablec` itself.
fn without_shared(argument: Arg) -> Arg {
    let shared = argument.get_help_heading() == Some("Global options");
    let shared = shared || ["help", "version"].contains(&argument.get_id().as_str());
    argument.hide(shared)
}

fn without_trailing_space(text: &str) -> String {
    text.trim_end()
        .lines()
        .fold(String::new(), |text, line| text + line.trim_end() + "\n")
}
