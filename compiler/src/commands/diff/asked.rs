use std::thread::JoinHandle;

use super::{Failure, Source};
use crate::database::{Options, Reading, Session, connect};

/// A database that is being read, beside the reading of the spec.
pub enum Asked {
    /// The server has not answered, as far as is known.
    Running(JoinHandle<Result<Answered, Failure>>),
    /// It has.
    Done(Box<Answered>),
}

/// What came of it.
pub struct Answered {
    pub session: Session,
    pub reading: Reading,
}

impl Asked {
    /// Begins to read, if it is a database.
    pub fn begin(source: &Source, default_schema: &str) -> Option<Self> {
        let Source::Database(url) = source else {
            return None;
        };
        let url = url.clone();
        let options = Options {
            default_schema: default_schema.to_owned(),
        };
        let read = move || {
            let session = connect(&url)?;
            let reading = Reading::new(&session, &options)?;
            Ok(Answered { session, reading })
        };
        Some(Self::Running(std::thread::spawn(read)))
    }

    /// Waits for the answer.
    pub fn answer(self) -> Result<Answered, Failure> {
        match self {
            Self::Done(answered) => Ok(*answered),
            Self::Running(thread) => thread
                .join()
                .unwrap_or_else(|_| Err(Failure::new("the reading of the database broke off"))),
        }
    }
}
