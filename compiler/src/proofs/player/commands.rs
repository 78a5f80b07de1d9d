//! Backslash commands.

use std::path::{Path, PathBuf};

use super::{
    Answer, ClientCopy, Command, DEEPEST, Message, Place, Player, SCRIPT_FAILED, Scanner,
    SimpleQueryMessage,
};

impl Player<'_> {
    pub(super) fn command(
        &mut self,
        name: &str,
        rest: &str,
        sql: Option<(String, usize)>,
        line: usize,
        scanner: &mut Scanner<'_>,
    ) {
        if !self.runs() && !matches!(name, "if" | "elif" | "else" | "endif") {
            return;
        }
        // The condition of a branch that cannot run is not looked at.
        let rest = if self.runs() || name == "elif" {
            rest
        } else {
            "false"
        };
        match Command::read(name, rest, &self.variables) {
            Ok(Command::Copy(copy)) => self.client_copy(&copy, line, scanner),
            Ok(command) => self.obey(command, sql, line),
            Err(error) => self.complain(line, &error.to_string()),
        }
    }

    fn obey(&mut self, command: Command, sql: Option<(String, usize)>, line: usize) {
        match command {
            Command::Set(name, value) => self.set(&name, value, line),
            Command::Unset(name) => self.variables.unset(&name),
            Command::Echo(text) => self.write(&text),
            Command::Warn(text) => self.say("INFO", line, &text),
            Command::Include { file, relative } => self.include(&file, relative, line),
            Command::TuplesOnly(on) => self.tuples_only = on.unwrap_or(!self.tuples_only),
            Command::Null(text) => self.null = text,
            Command::Separator(text) => self.separator = text,
            Command::Gset(prefix) => self.gset(sql, &prefix, line),
            Command::Go => self.go(sql),
            Command::Gexec => self.gexec(sql, line),
            Command::If(condition) => {
                let runs = self.runs() && condition;
                self.branches.push((runs, runs || !self.runs()));
            }
            Command::Elif(condition) => self.branch(condition, line),
            Command::Else => self.branch(true, line),
            Command::Endif => {
                if self.branches.pop().is_none() {
                    self.complain(line, "\\endif: no matching \\if");
                }
            }
            Command::Quit => self.exit = Some(0),
            Command::Copy(_) | Command::Nothing => {}
        }
    }

    fn set(&mut self, name: &str, value: String, line: usize) {
        if name == "AUTOCOMMIT" && value.eq_ignore_ascii_case("off") {
            return self.complain(
                line,
                "\\set AUTOCOMMIT off is not supported in suites; write begin",
            );
        }
        self.variables.set(name, value);
    }

    fn branch(&mut self, condition: bool, line: usize) {
        match self.branches.last_mut() {
            Some((runs, ran)) => {
                *runs = condition && !*ran;
                *ran |= *runs;
            }
            None => self.complain(line, "no matching \\if"),
        }
    }

    fn go(&mut self, sql: Option<(String, usize)>) {
        if let Some((sql, line)) = sql {
            self.statement(&sql, line, &mut Scanner::new(""));
        }
    }

    /// Each value that the query gives is a statement; nulls are none.
    fn gexec(&mut self, sql: Option<(String, usize)>, line: usize) {
        let Some((sql, start)) = sql else {
            return self.complain(line, "\\gexec: there is no query before it");
        };
        let Some(Answer::Rows(messages)) = self.ask(&sql, start, None) else {
            return;
        };
        let rows = messages.iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        });
        for statement in rows.flat_map(|row| (0..row.len()).filter_map(|at| row.get(at))) {
            if self.exit.is_some() {
                break;
            }
            self.statement(statement, line, &mut Scanner::new(""));
        }
    }

    fn client_copy(&mut self, copy: &ClientCopy, line: usize, scanner: &mut Scanner<'_>) {
        match &copy.place {
            Place::Script | Place::Output => self.statement(&copy.sql, line, scanner),
            Place::File(file) => {
                let path = PathBuf::from(file);
                match (self.files)(&path) {
                    Ok(data) => {
                        self.ask(&copy.sql, line, Some(&data));
                        self.played.included.insert(path, data);
                    }
                    Err(error) => self.complain(line, &format!("{file}: {error}")),
                }
            }
        }
    }

    /// The one row's columns become variables.
    fn gset(&mut self, sql: Option<(String, usize)>, prefix: &str, line: usize) {
        let Some((sql, start)) = sql else {
            return self.complain(line, "\\gset: there is no query before it");
        };
        self.note_effect(&sql);
        let messages = match self.session.simple_query(&sql) {
            Ok(messages) => messages,
            Err(error) => return self.failed(&sql, start, &error),
        };
        let rows: Vec<_> = messages
            .iter()
            .filter_map(|message| match message {
                SimpleQueryMessage::Row(row) => Some(row),
                _ => None,
            })
            .collect();
        let [row] = rows[..] else {
            return self.complain(
                line,
                &format!("\\gset: the query gave {} rows, not one", rows.len()),
            );
        };
        for (at, column) in row.columns().iter().enumerate() {
            let name = format!("{prefix}{}", column.name());
            match row.get(at) {
                Some(value) => self.variables.set(&name, value),
                None => self.variables.unset(&name),
            }
        }
    }

    fn include(&mut self, file: &str, relative: bool, line: usize) {
        let folder = self
            .path
            .last()
            .and_then(|path| path.parent())
            .filter(|_| relative);
        let path = folder.map_or_else(|| PathBuf::from(file), |folder| folder.join(file));
        if self.path.len() >= DEEPEST {
            return self.complain(line, &format!("files include each other {DEEPEST} deep"));
        }
        match (self.files)(&path) {
            Ok(text) => {
                self.played.included.insert(path.clone(), text.clone());
                self.script(&path, &text);
            }
            Err(error) => self.complain(line, &format!("{}: {error}", Path::display(&path))),
        }
    }

    pub(super) fn complain(&mut self, line: usize, text: &str) {
        self.say("ERROR", line, text);
        if self.variables.is_on("ON_ERROR_STOP") {
            self.exit = Some(SCRIPT_FAILED);
        }
    }

    fn say(&mut self, severity: &str, line: usize, text: &str) {
        self.played.messages.push(Message {
            file: self.path.last().cloned().unwrap_or_default(),
            line,
            severity: severity.to_owned(),
            text: text.to_owned(),
            code: None,
            more: Vec::new(),
        });
    }
}
