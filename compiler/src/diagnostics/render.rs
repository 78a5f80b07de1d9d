//! Diagnostics for people, with excerpts, and for programs, with lines and columns.

use std::fmt::{self, Write};

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};
use serde_json::{Value as Json, json};

use super::{Diagnostic, Place, Severity, Sources};

/// All findings with their excerpts, and how many they are. Nothing for none.
pub fn render_human(
    found: &[Diagnostic],
    sources: &Sources<'_>,
    colour: bool,
    width: usize,
) -> String {
    let theme = if colour {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(width)
        .with_links(false);
    let mut text = String::new();
    for diagnostic in found {
        let shown = Shown::new(diagnostic, sources);
        if handler.render_report(&mut text, &shown).is_err() {
            // An excerpt that can't be drawn takes no finding away.
            let _ = writeln!(text, "{shown}");
        }
        text.push('\n');
    }
    if !found.is_empty() {
        text.push_str(&summary(found));
        text.push('\n');
    }
    text
}

/// All findings as data: the fields of [`Diagnostic`], positions as `line` and `column` from 1.
pub fn to_json(found: &[Diagnostic], sources: &Sources<'_>) -> Json {
    found
        .iter()
        .map(|diagnostic| one(diagnostic, sources))
        .collect()
}

/// `3 errors, 1 warning`.
pub fn summary(found: &[Diagnostic]) -> String {
    let errors = found
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .count();
    let counts = [(errors, "error"), (found.len() - errors, "warning")];
    let parts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}{}", if *count == 1 { "" } else { "s" }))
        .collect();
    parts.join(", ")
}

fn one(diagnostic: &Diagnostic, sources: &Sources<'_>) -> Json {
    let related: Vec<Json> = diagnostic
        .related
        .iter()
        .map(|(place, text)| json!({ "message": text, "place": position(place, sources) }))
        .collect();
    json!({
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "place": position(&diagnostic.place, sources),
        "label": diagnostic.label,
        "help": diagnostic.help,
        "related": related,
    })
}

fn position(place: &Place, sources: &Sources<'_>) -> Json {
    let start = sources.position(&place.file, place.range.start);
    let end = sources.position(&place.file, place.range.end);
    json!({
        "file": place.file.display().to_string(),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "start": place.range.start,
        "end": place.range.end,
    })
}

/// A diagnostic as miette sees it: the excerpt of its file, and one for each other file that matters.
#[derive(Debug)]
struct Shown<'a> {
    diagnostic: &'a Diagnostic,
    source: Option<NamedSource<String>>,
    labels: Vec<LabeledSpan>,
    elsewhere: Vec<Elsewhere>,
}

impl<'a> Shown<'a> {
    fn new(diagnostic: &'a Diagnostic, sources: &Sources<'_>) -> Self {
        let own = &diagnostic.place;
        let (here, elsewhere): (Vec<_>, Vec<_>) = diagnostic
            .related
            .iter()
            .partition(|(place, _)| place.file == own.file && !place.is_whole());
        let mut labels = vec![primary(own, &diagnostic.label)];
        labels.extend(here.iter().map(|(place, text)| span(place, text)));
        let source = excerpt(own, sources);
        Self {
            diagnostic,
            labels: if source.is_some() { labels } else { Vec::new() },
            source,
            elsewhere: elsewhere
                .iter()
                .map(|(place, text)| Elsewhere::new(place, text, sources))
                .collect(),
        }
    }
}

/// The text to draw an excerpt from, unless the file as a whole is meant.
fn excerpt(place: &Place, sources: &Sources<'_>) -> Option<NamedSource<String>> {
    let text = sources.text(&place.file);
    let drawn = !place.is_whole() && !text.is_empty();
    drawn.then(|| {
        NamedSource::new(place.file.display().to_string(), text.to_owned()).with_language("TOML")
    })
}

fn primary(place: &Place, label: &str) -> LabeledSpan {
    let text = (!label.is_empty()).then(|| label.to_owned());
    LabeledSpan::new_primary_with_span(text, place.range.clone())
}

fn span(place: &Place, label: &str) -> LabeledSpan {
    LabeledSpan::new_with_span(Some(label.to_owned()), place.range.clone())
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.diagnostic.place.file.display().to_string();
        let message = &self.diagnostic.message;
        if self.source.is_some() || message.starts_with(&file) {
            f.write_str(message)
        } else {
            write!(f, "{file}: {message}")
        }
    }
}

impl std::error::Error for Shown<'_> {}

impl miette::Diagnostic for Shown<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        Some(Box::new(self.diagnostic.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        let help = self.diagnostic.help.as_ref()?;
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        (!self.labels.is_empty()).then(|| Box::new(self.labels.iter().cloned()) as Box<_>)
    }

    fn related<'b>(&'b self) -> Option<Box<dyn Iterator<Item = &'b dyn miette::Diagnostic> + 'b>> {
        let all = self
            .elsewhere
            .iter()
            .map(|other| other as &dyn miette::Diagnostic);
        (!self.elsewhere.is_empty()).then(|| Box::new(all) as Box<_>)
    }
}

/// A place in another file.
#[derive(Debug)]
struct Elsewhere {
    text: String,
    source: Option<NamedSource<String>>,
    labels: Vec<LabeledSpan>,
}

impl Elsewhere {
    fn new(place: &Place, text: &str, sources: &Sources<'_>) -> Self {
        let source = excerpt(place, sources);
        let text = if source.is_some() {
            text.to_owned()
        } else {
            format!("{}: {text}", place.file.display())
        };
        let labels = if source.is_some() {
            vec![primary(place, "")]
        } else {
            Vec::new()
        };
        Self {
            text,
            source,
            labels,
        }
    }
}

impl fmt::Display for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Elsewhere {}

impl miette::Diagnostic for Elsewhere {
    fn severity(&self) -> Option<miette::Severity> {
        Some(miette::Severity::Advice)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        (!self.labels.is_empty()).then(|| Box::new(self.labels.iter().cloned()) as Box<_>)
    }
}
