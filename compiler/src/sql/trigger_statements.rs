//! What scripts say of triggers: which are made, renamed and dropped, and where.

use std::ops::Range;

use super::statements::statements;
use super::tokens::{Token, TokenKind, significant};

/// A statement about a trigger, or about what it is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriggerStatement {
    /// What it does.
    pub action: TriggerAction,
    /// The table or view, as written: its schema where one is written; none for event triggers.
    pub relation: Option<(Option<String>, String)>,
    /// The trigger's name; empty where the relation is meant.
    pub name: String,
    /// The statement's bytes.
    pub range: Range<usize>,
}

/// What a statement does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TriggerAction {
    /// `create [or replace] [constraint] trigger`, `create event trigger`
    Create,
    /// `drop trigger`, `drop event trigger`
    Drop,
    /// `alter trigger … rename to`, `alter event trigger … rename to`
    Rename(String),
    /// `alter table … rename to`
    RenameRelation(String),
    /// `drop table`, `drop view`
    DropRelation,
    /// `do`: what it makes cannot be known without running it
    Unknowable,
}

/// All of them, in order. The grammar says what a statement is; its names are read off its tokens.
pub fn trigger_statements(sql: &str) -> Vec<TriggerStatement> {
    let found = statements(sql);
    found
        .into_iter()
        .flat_map(|info| read(sql, &info.kind, info.range))
        .collect()
}

fn read(sql: &str, kind: &str, range: Range<usize>) -> Vec<TriggerStatement> {
    let text = sql.get(range.clone()).unwrap_or_default();
    let words: Vec<Token<'_>> = significant(text).collect();
    let one = |action, relation, name: Option<String>| {
        name.map(|name| TriggerStatement {
            action,
            relation,
            name,
            range: range.clone(),
        })
        .into_iter()
        .collect()
    };
    match kind {
        "create trigger" => one(
            TriggerAction::Create,
            relation_after(&words, "on"),
            name_after(&words, "trigger"),
        ),
        "drop trigger" => one(
            TriggerAction::Drop,
            relation_after(&words, "on"),
            name_after(&words, "trigger"),
        ),
        "alter trigger" => rename(&words)
            .map(|to| {
                one(
                    TriggerAction::Rename(to),
                    relation_after(&words, "on"),
                    name_after(&words, "trigger"),
                )
            })
            .unwrap_or_default(),
        "create event trigger" => one(TriggerAction::Create, None, name_after(&words, "trigger")),
        "drop event trigger" => one(TriggerAction::Drop, None, name_after(&words, "trigger")),
        "alter event trigger" => rename(&words)
            .map(|to| {
                one(
                    TriggerAction::Rename(to),
                    None,
                    name_after(&words, "trigger"),
                )
            })
            .unwrap_or_default(),
        "alter table" | "alter view" => rename(&words)
            .map(|to| {
                one(
                    TriggerAction::RenameRelation(to),
                    relation_after(&words, kind_word(kind)),
                    Some(String::new()),
                )
            })
            .unwrap_or_default(),
        "drop table" | "drop view" => dropped(&words, kind_word(kind), &range),
        "do" => unknowable(text, &range),
        _ => Vec::new(),
    }
}

fn kind_word(kind: &str) -> &str {
    kind.rsplit(' ').next().unwrap_or(kind)
}

/// A block that speaks of no trigger makes none.
fn unknowable(text: &str, range: &Range<usize>) -> Vec<TriggerStatement> {
    let lower = text.to_ascii_lowercase();
    let speaks = lower.contains("trigger") || lower.contains("execute");
    let statement = TriggerStatement {
        action: TriggerAction::Unknowable,
        relation: None,
        name: String::new(),
        range: range.clone(),
    };
    speaks.then_some(statement).into_iter().collect()
}

fn dropped(words: &[Token<'_>], after: &str, range: &Range<usize>) -> Vec<TriggerStatement> {
    let start = position(words, after).map_or(words.len(), |at| skip_if_exists(words, at + 1));
    words[start..]
        .split(|token| token.text == ",")
        .filter_map(|part| {
            Some(TriggerStatement {
                action: TriggerAction::DropRelation,
                relation: Some(qualified(part)?),
                name: String::new(),
                range: range.clone(),
            })
        })
        .collect()
}

fn position(words: &[Token<'_>], word: &str) -> Option<usize> {
    words.iter().position(|token| token.is_word(word))
}

fn skip_if_exists(words: &[Token<'_>], mut at: usize) -> usize {
    while words.get(at).is_some_and(|token| {
        ["if", "exists", "only"]
            .iter()
            .any(|word| token.is_word(word))
    }) {
        at += 1;
    }
    at
}

fn name_after(words: &[Token<'_>], word: &str) -> Option<String> {
    let at = skip_if_exists(words, position(words, word)? + 1);
    Some(words.get(at)?.name()?.into_owned())
}

fn relation_after(words: &[Token<'_>], word: &str) -> Option<(Option<String>, String)> {
    qualified(&words[skip_if_exists(words, position(words, word)? + 1)..])
}

fn qualified(words: &[Token<'_>]) -> Option<(Option<String>, String)> {
    let first = words.first()?.name()?.into_owned();
    match words.get(1) {
        Some(dot) if dot.kind == TokenKind::Dot => {
            Some((Some(first), words.get(2)?.name()?.into_owned()))
        }
        _ => Some((None, first)),
    }
}

/// `rename to name`; renaming a column or constraint has a word between.
fn rename(words: &[Token<'_>]) -> Option<String> {
    let at = position(words, "rename")?;
    words.get(at + 1).filter(|token| token.is_word("to"))?;
    Some(words.get(at + 2)?.name()?.into_owned())
}

/// The string constants in the calls of a function, by call, with where the call's name stands.
pub fn calls_with_strings(
    sql: &str,
    is_wanted: impl Fn(&str) -> bool,
) -> Vec<(String, Vec<String>, Range<usize>)> {
    let words: Vec<Token<'_>> = significant(sql).collect();
    let mut calls = Vec::new();
    for (at, token) in words.iter().enumerate() {
        let name = token.name().filter(|name| is_wanted(name));
        let (Some(name), Some(true)) = (name, words.get(at + 1).map(|next| next.text == "("))
        else {
            continue;
        };
        let (mut depth, mut strings) = (0_usize, Vec::new());
        for inner in &words[at + 1..] {
            match inner.text {
                "(" => depth += 1,
                ")" => depth -= 1,
                _ => strings.extend(inner.string().map(std::borrow::Cow::into_owned)),
            }
            if depth == 0 {
                break;
            }
        }
        calls.push((name.into_owned(), strings, token.range()));
    }
    calls
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(sql: &str) -> Vec<(TriggerAction, String, String)> {
        let relation = |statement: &TriggerStatement| {
            statement
                .relation
                .as_ref()
                .map(|(schema, name)| {
                    schema
                        .iter()
                        .chain([name])
                        .cloned()
                        .collect::<Vec<_>>()
                        .join(".")
                })
                .unwrap_or_default()
        };
        trigger_statements(sql)
            .into_iter()
            .map(|statement| {
                (
                    statement.action.clone(),
                    relation(&statement),
                    statement.name,
                )
            })
            .collect()
    }

    #[test]
    fn reads_what_makes_and_undoes_triggers() {
        let sql = r#"
            create or replace trigger a before update of x, y on S."T t" for each row when (old.x <> 'on b') execute function f();
            create constraint trigger "B ""b" after insert on t deferrable for each row execute procedure g('create trigger z on t');
            create event trigger e on ddl_command_end execute function h();
            alter trigger a on s."T t" rename to a2; alter event trigger e rename to e2;
            drop trigger if exists "B ""b" on only_t cascade; drop event trigger if exists e2;
            alter table if exists only s.t rename to u; alter table t rename column a to b; alter table t rename constraint a to b;
            drop table if exists a, b.c cascade; drop view v;
            do $$ begin create trigger x on y; end $$; do $$ begin null; end $$;
            select 'create trigger q on r';
        "#;
        let text = |text: &str| text.to_owned();
        assert_eq!(
            said(sql),
            [
                (TriggerAction::Create, text("s.T t"), text("a")),
                (TriggerAction::Create, text("t"), text("B \"b")),
                (TriggerAction::Create, text(""), text("e")),
                (TriggerAction::Rename(text("a2")), text("s.T t"), text("a")),
                (TriggerAction::Rename(text("e2")), text(""), text("e")),
                (TriggerAction::Drop, text("only_t"), text("B \"b")),
                (TriggerAction::Drop, text(""), text("e2")),
                (
                    TriggerAction::RenameRelation(text("u")),
                    text("s.t"),
                    text("")
                ),
                (TriggerAction::DropRelation, text("a"), text("")),
                (TriggerAction::DropRelation, text("b.c"), text("")),
                (TriggerAction::DropRelation, text("v"), text("")),
                (TriggerAction::Unknowable, text(""), text("")),
            ]
        );
    }

    #[test]
    fn reads_the_strings_of_calls() {
        let calls = calls_with_strings(
            "select has_trigger('t', 'a'), triggers_are('s', 't', array['x', 'y'], 'd') -- has_trigger('no')",
            |name| name.ends_with("trigger") || name == "triggers_are",
        );
        let strings: Vec<Vec<String>> = calls.into_iter().map(|(_, strings, _)| strings).collect();
        assert_eq!(strings, [vec!["t", "a"], vec!["s", "t", "x", "y", "d"]]);
    }
}
