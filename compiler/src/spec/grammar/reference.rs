//! The reference pages: `docs/reference/`.

use std::fmt::Write;

use super::{Form, Key, Keys};
use crate::render::MARK;
use crate::spec::folders::{DATABASE, FOLDERS};
use crate::spec::project::PROJECT;

/// The pages by file name, generated from the keys.
pub fn pages() -> Vec<(String, String)> {
    let project = Form::Object(&PROJECT);
    let database = Form::Object(&DATABASE);
    let mut pages = vec![
        ("project.md".to_owned(), page("tablec.toml", &project)),
        (
            "database.md".to_owned(),
            page("spec/database.toml", &database),
        ),
    ];
    for folder in FOLDERS {
        let title = format!("spec/{}/", folder.name);
        pages.push((format!("{}.md", folder.name), page(&title, &folder.form)));
    }
    pages
}

/// One page: a section for each table of keys that can stand in such a file.
fn page(title: &str, form: &Form) -> String {
    let mut sections = Vec::new();
    collect(form, &mut sections);
    let mut page = format!(
        "<!-- {MARK} from the keys of the spec language. -->\n\n# {title}\n\nHow names, values and SQL are \
         written is told in [the spec language](../spec-language.md).\n"
    );
    for keys in sections {
        section(&mut page, keys);
    }
    page
}

/// All tables of keys below a form, each once, outer ones first.
pub(super) fn collect(form: &Form, into: &mut Vec<&'static Keys>) {
    match form {
        Form::Object(keys) => collect_keys(keys, into),
        Form::Variants(variants) => {
            for (_, keys) in *variants {
                collect_keys(keys, into);
            }
        }
        Form::List(item) | Form::Map(item) => collect(item, into),
        Form::Either(short, long) => {
            collect(short, into);
            collect(long, into);
        }
        _ => {}
    }
}

fn collect_keys(keys: &'static Keys, into: &mut Vec<&'static Keys>) {
    if into.iter().any(|known| std::ptr::eq(*known, keys)) {
        return;
    }
    into.push(keys);
    for key in keys.all() {
        collect(&key.form, into);
    }
}

fn section(page: &mut String, keys: &Keys) {
    let mut title = keys.title.to_owned();
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let _ = write!(page, "\n## {title}\n\n");
    if !keys.doc.is_empty() {
        let _ = write!(page, "{}\n\n", keys.doc);
    }
    page.push_str("| key | value | what it means | example |\n|---|---|---|---|\n");
    for key in keys.all() {
        row(page, key);
    }
}

fn row(page: &mut String, key: &Key) {
    let needed = if key.required { " (required)" } else { "" };
    let _ = writeln!(
        page,
        "| `{}`{needed} | {} | {} | `{} = {}` |",
        key.name,
        cell(&outline(&key.form)),
        cell(&meaning(key)),
        key.name,
        cell(key.example)
    );
}

fn meaning(key: &Key) -> String {
    match key.since {
        0 => key.doc.to_owned(),
        since => format!("{} PostgreSQL {since} and later.", key.doc),
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// A form in a few words, with a link where it has keys of its own.
fn outline(form: &Form) -> String {
    match form {
        Form::List(item) => format!("list: {}", outline(item)),
        Form::Map(item) => format!("table by name: {}", outline(item)),
        Form::Object(keys) => link(keys),
        Form::Variants(variants) => {
            let links: Vec<String> = variants.iter().map(|(_, keys)| link(keys)).collect();
            links.join(" or ")
        }
        Form::Either(short, long) => format!("{} or {}", outline(short), outline(long)),
        Form::Choice(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
            words.join(", ")
        }
        form => form.describe(),
    }
}

fn link(keys: &Keys) -> String {
    let anchor = keys
        .title
        .to_lowercase()
        .replace(' ', "-")
        .replace('\'', "");
    format!("[{}](#{anchor})", keys.title)
}
