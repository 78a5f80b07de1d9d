use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, Stderr, Stdout, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use miette::{GraphicalReportHandler, GraphicalTheme, Report};
use serde::Serialize;
use serde_json::json;

use crate::diagnostics::{Diagnostic, Severity, SourceFile, Sources, render_human, to_json};
use crate::interrupt::{INTERRUPTED, was_interrupted};

use super::{Failure, Format, Global, Outcome};

/// Where a command prints: results to standard output, all else to standard error. Colours are always written, and
/// taken out on the way where they are not wanted.
pub struct Output {
    out: BufWriter<AutoStream<Stdout>>,
    err: AutoStream<Stderr>,
    format: Format,
    quiet: bool,
    /// Not yet shown: for programs.
    diagnostics: Vec<serde_json::Value>,
}

/// The exit code of a process that wrote to a closed pipe, as shells count it: 128 + SIGPIPE.
const BROKEN_PIPE: u8 = 141;
/// How wide excerpts are drawn.
const WIDTH: usize = 100;

impl Output {
    /// The process's own streams.
    pub fn new(global: &Global) -> Self {
        let choice: ColorChoice = global.color.into();
        Self {
            out: BufWriter::new(AutoStream::new(io::stdout(), choice)),
            err: AutoStream::new(io::stderr(), choice),
            format: global.format,
            quiet: global.quiet,
            diagnostics: Vec::new(),
        }
    }

    /// Whether programs read the output.
    pub fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Whether progress can be shown: to people, on a terminal.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && !self.is_json() && io::stderr().is_terminal()
    }

    /// Whether what goes to standard output keeps its colours.
    pub fn is_coloured(&self) -> bool {
        self.out.get_ref().current_choice() != ColorChoice::Never
    }

    /// A part of the result, for people, as it is.
    pub fn print(&mut self, text: impl Display) -> Result<(), Failure> {
        write!(self.out, "{text}").map_err(Failure::Output)
    }

    /// A line of the result, for people.
    pub fn line(&mut self, text: impl Display) -> Result<(), Failure> {
        writeln!(self.out, "{text}").map_err(Failure::Output)
    }

    /// The result, for programs: the one JSON document.
    pub fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        let failed = |error: serde_json::Error| Failure::Output(error.into());
        let mut value = serde_json::to_value(value).map_err(failed)?;
        let diagnostics = std::mem::take(&mut self.diagnostics);
        if let (false, Some(object)) = (diagnostics.is_empty(), value.as_object_mut()) {
            object.insert("diagnostics".to_owned(), diagnostics.into());
        }
        serde_json::to_writer_pretty(&mut self.out, &value).map_err(failed)?;
        self.line("")
    }

    /// What is wrong with the project's files: shown to people at once, to programs with the result or instead of it.
    pub fn diagnostics(&mut self, found: &[Diagnostic], files: &[SourceFile]) {
        let sources = Sources::new(files);
        let failed = found
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error);
        if self.is_json() {
            self.diagnostics.extend(
                to_json(found, &sources)
                    .as_array()
                    .cloned()
                    .unwrap_or_default(),
            );
        } else if failed || !self.quiet {
            let text = render_human(
                found,
                &sources,
                self.err.current_choice() != ColorChoice::Never,
                WIDTH,
            );
            // Nothing can be said about standard error being closed.
            let _ = self.out.flush();
            let _ = self.err.write_all(text.as_bytes());
        }
    }

    /// The findings that a command looks for: its result.
    pub fn findings(&mut self, found: &[Diagnostic], files: &[SourceFile]) -> Result<(), Failure> {
        let sources = Sources::new(files);
        if self.is_json() {
            return self.json(&json!({ "findings": to_json(found, &sources) }));
        }
        let coloured = self.is_coloured();
        self.print(render_human(found, &sources, coloured, WIDTH))
    }

    /// What is good to know and no result. Left out when quiet and for programs.
    pub fn note(&mut self, text: impl Display) {
        if !self.quiet && !self.is_json() {
            // Nothing can be said about standard error being closed.
            let _ = self.out.flush();
            let _ = writeln!(self.err, "{text}");
        }
    }

    /// Writes out what is held back.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        self.out.flush().map_err(Failure::Output)
    }

    /// Shows what stopped a round of a command that goes on.
    pub(super) fn report_failure(&mut self, failure: &Failure) {
        self.failure(failure);
    }

    /// Shows what stopped the command, and says how the process ends.
    pub(super) fn finish(mut self, result: super::Result) -> ExitCode {
        let result = result.and_then(|outcome| {
            self.out.flush().map_err(Failure::Output)?;
            Ok(outcome)
        });
        match result {
            Ok(Outcome::Clean) => ExitCode::SUCCESS,
            Ok(Outcome::Found) => ExitCode::from(1),
            Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
                ExitCode::from(BROKEN_PIPE)
            }
            Err(failure) => {
                self.failure(&failure);
                ExitCode::from(if was_interrupted() { INTERRUPTED } else { 2 })
            }
        }
    }

    fn failure(&mut self, failure: &Failure) {
        let shown = match failure {
            Failure::Report(report) if self.is_json() => {
                self.json(&json!({ "error": as_json(report) }))
            }
            Failure::Report(report) => {
                let text = self.report(report.as_ref());
                write!(self.err, "{text}").map_err(Failure::Output)
            }
            Failure::Shown if self.is_json() => self.json(&json!({})),
            Failure::Shown => Ok(()),
            Failure::Output(error) => {
                writeln!(self.err, "could not write to standard output: {error}")
                    .map_err(Failure::Output)
            }
        };
        // There is nobody left to tell.
        let _ = shown.and_then(|()| self.out.flush().map_err(Failure::Output));
    }

    fn report(&self, report: &dyn miette::Diagnostic) -> String {
        let theme = if self.err.current_choice() == ColorChoice::Never {
            GraphicalTheme::unicode_nocolor()
        } else {
            GraphicalTheme::unicode()
        };
        let mut text = String::new();
        let handler = GraphicalReportHandler::new_themed(theme);
        // Writing to a string does not fail.
        let _ = handler.render_report(&mut text, report);
        text
    }
}

fn as_json(report: &Report) -> serde_json::Value {
    json!({
        "message": report.to_string(),
        "code": report.code().map(|code| code.to_string()),
        "help": report.help().map(|help| help.to_string()),
        "causes": report.chain().skip(1).map(ToString::to_string).collect::<Vec<_>>(),
    })
}
