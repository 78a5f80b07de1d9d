use std::cell::{Cell, RefCell};

use super::ShadowError;
use crate::database::{QueryError, Session, SqlState, connect, with_database};
use crate::sql::quote_ident;

/// A server that somebody gave, by URL: databases of our own are made there and dropped again, nothing else is touched.
#[derive(Debug)]
pub(super) struct Given {
    url: String,
    user: String,
    major: u32,
    next: Cell<u32>,
    made: RefCell<Vec<String>>,
}

impl Given {
    pub fn connect(url: &str) -> Result<Self, ShadowError> {
        let session = connect(url)?;
        let user = session.query("select current_user::text");
        let user = user.map_err(ShadowError::Create)?;
        Ok(Self {
            url: url.to_owned(),
            user: user.first().map(|row| row.get(0)).unwrap_or_default(),
            major: session.major(),
            next: Cell::new(1),
            made: RefCell::default(),
        })
    }

    /// The role that connects.
    pub fn user(&self) -> &str {
        &self.user
    }

    pub fn major(&self) -> u32 {
        self.major
    }

    /// A connection to a new database. A name that is taken, by a run on another machine, is somebody else's.
    pub fn database(&self) -> Result<Session, ShadowError> {
        let session = connect(&self.url)?;
        loop {
            let number = self.next.replace(self.next.get() + 1);
            let name = format!("tablec_shadow_{}_{number}", std::process::id());
            let create = format!("create database {} template template0", quote_ident(&name));
            match session.batch_execute(&create) {
                Ok(()) => {
                    self.made.borrow_mut().push(name.clone());
                    return Ok(connect(&with_database(&self.url, &name))?);
                }
                Err(error) if error.code() == Some(&SqlState::DUPLICATE_DATABASE) => {}
                Err(error) => return Err(ShadowError::Create(error)),
            }
        }
    }

    fn clear(&self) -> Result<(), QueryError> {
        let Ok(session) = connect(&self.url) else {
            return Ok(());
        };
        for name in self.made.take() {
            session.batch_execute(&format!(
                "drop database if exists {} with (force)",
                quote_ident(&name)
            ))?;
        }
        Ok(())
    }
}

impl Drop for Given {
    fn drop(&mut self) {
        // What can't be dropped now has a name that says whose it is.
        let _ = self.clear();
    }
}
