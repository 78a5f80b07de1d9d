use std::ops::Range;

/// What is wrong with a piece of SQL, and where in the text that was given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SqlError {
    /// Bytes of the text; empty when something is missing there.
    pub range: Range<usize>,
    /// What is wrong, and what to write instead where that is known.
    pub message: String,
}

impl SqlError {
    pub(crate) fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { range, message }
    }
}
