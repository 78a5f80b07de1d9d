use std::fmt;

use serde::Serialize;

use crate::catalog::Id;

/// What a person should know of a plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "note", rename_all = "snake_case")]
pub enum Note {
    /// The columns come in another order, which no statement can change.
    ColumnOrder {
        /// The table.
        id: Id,
    },
    /// The column comes from a parent too, and stays the table's own, which no statement can change.
    OwnColumn {
        /// The table.
        id: Id,
        /// The column.
        part: String,
    },
    /// The column comes from a parent and stays that alone, where it should be the table's own too, which no statement can change.
    ParentsColumn {
        /// The table.
        id: Id,
        /// The column.
        part: String,
    },
    /// The check comes from a parent too, and stays the table's own, which no statement can change.
    OwnCheck {
        /// The table.
        id: Id,
        /// The check.
        part: String,
    },
    /// The not-null constraint of a column comes from a parent too, or heirs have it under another name: its name stays,
    /// and whether it is the table's own, which no statement can change.
    OwnNotNull {
        /// The table.
        id: Id,
        /// The column.
        part: String,
    },
    /// Something that goes and something that comes are so alike that a rename may have been meant.
    LikelyRename {
        /// What comes (or whose column comes).
        id: Id,
        /// The column that comes.
        #[serde(skip_serializing_if = "Option::is_none")]
        part: Option<String>,
        /// The old name.
        from: String,
    },
    /// A stated rename of something that is not there under its old name: it has been done, and can be taken out of the spec.
    StaleRename {
        /// The object under its new name.
        id: Id,
        /// The old name.
        from: String,
    },
    /// A label that is said to be replaced is not there: that has been done, and can be taken out of the spec.
    StaleReplacement {
        /// The enum.
        id: Id,
        /// The label in its place.
        part: String,
        /// The label that was replaced.
        from: String,
    },
    /// A difference that is left, because only a person can say what is to be done.
    Refused {
        /// The object.
        id: Id,
        /// Why, and what to say.
        reason: String,
    },
    /// Objects that need each other in a way that no order satisfies.
    Cycle {
        /// The objects.
        ids: Vec<Id>,
    },
}

/// In words, for people.
impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ColumnOrder { id } => write!(
                f,
                "note: the columns of {id} come in another order, which no statement can change"
            ),
            Self::OwnColumn { id, part } => write!(
                f,
                "note: the column {part} of {id} comes from a parent too and stays its own, which no statement can change"
            ),
            Self::ParentsColumn { id, part } => write!(
                f,
                "note: the column {part} of {id} comes from a parent alone and does not become its own, which no statement can change"
            ),
            Self::OwnCheck { id, part } => write!(
                f,
                "note: the check {part} of {id} comes from a parent too and stays its own, which no statement can change"
            ),
            Self::OwnNotNull { id, part } => write!(
                f,
                "note: the not-null constraint on {part} of {id} is a parent's or heirs' too and stays as it is, which no statement can change"
            ),
            Self::LikelyRename { id, part, from } => {
                let part = part.as_ref().map(|part| format!("{part} of "));
                let part = part.unwrap_or_default();
                write!(
                    f,
                    "hint: {part}{id} looks like `{from}` renamed; if it is, say so: renamed_from = \"{from}\""
                )
            }
            Self::StaleRename { id, from } => write!(
                f,
                "note: the rename is done already; take `renamed_from = \"{from}\"` out of {id}"
            ),
            Self::StaleReplacement { id, part, from } => write!(
                f,
                "note: the label `{from}` is replaced already; take it out of the `replaces` of `{part}` in {id}"
            ),
            Self::Refused { id, reason } => write!(f, "{id}: {reason}"),
            Self::Cycle { ids } => {
                let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
                let ids = ids.join(", ");
                write!(
                    f,
                    "these need each other, and no order satisfies all: {ids}"
                )
            }
        }
    }
}
