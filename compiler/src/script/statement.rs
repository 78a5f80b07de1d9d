//! What a runner must know of a statement before it sends it.

/// The way data go in `copy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copy {
    /// `copy … from stdin`
    In,
    /// `copy … to stdout`
    Out,
}

/// What a statement does to the transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// `begin`, `start transaction`
    Begin,
    /// `rollback`, `abort`, not to a savepoint
    Rollback,
    /// `commit`, `end`, `prepare transaction`, with or without `and chain`
    Commit,
    /// `set`, `reset`, `show`: nothing that outlives the session
    Session,
    /// Anything else
    Work,
}

/// Whether data are copied between client and server.
pub fn copy(sql: &str) -> Option<Copy> {
    let words = words(sql);
    if words.first().map(String::as_str) != Some("copy") {
        return None;
    }
    let has = |first: &str, second: &str| {
        words
            .windows(2)
            .any(|pair| pair[0] == first && pair[1] == second)
    };
    match () {
        () if has("from", "stdin") => Some(Copy::In),
        () if has("to", "stdout") => Some(Copy::Out),
        () => None,
    }
}

/// What the statement does to the transaction it runs in.
pub fn effect(sql: &str) -> Effect {
    let words = words(sql);
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let several = sql.contains(';');
    match word(0) {
        _ if several => Effect::Work,
        "begin" => Effect::Begin,
        "start" if word(1) == "transaction" => Effect::Begin,
        "rollback" | "abort" if word(1) == "prepared" || words.iter().any(|word| word == "to") => {
            Effect::Work
        }
        "rollback" | "abort" if words.iter().any(|word| word == "chain") => Effect::Work,
        "rollback" | "abort" => Effect::Rollback,
        "commit" | "end" => Effect::Commit,
        "prepare" if word(1) == "transaction" => Effect::Commit,
        "set" | "reset" | "show" => Effect::Session,
        _ => Effect::Work,
    }
}

/// The statement's words outside comments, strings and quoted names, in lower case.
fn words(sql: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = sql;
    while let Some(c) = rest.chars().next() {
        let len = match c {
            _ if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            _ if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '\'' | '"' => rest[1..].find(c).map_or(rest.len(), |end| end + 2),
            _ if c.is_alphanumeric() || c == '_' => {
                let len = rest
                    .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                    .unwrap_or(rest.len());
                words.push(rest[..len].to_lowercase());
                len
            }
            _ => c.len_utf8(),
        };
        rest = &rest[len..];
    }
    words
}
