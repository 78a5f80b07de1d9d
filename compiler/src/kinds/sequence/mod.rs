//! Sequences: `CREATE SEQUENCE`. An identity column's sequence is part of the column, not an object.

mod catalog;
mod diff;
pub mod read;
pub mod write;

use serde::{Deserialize, Serialize};

use crate::catalog::QName;

/// A sequence (`pg_sequence`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sequence {
    /// `smallint`, `integer` or `bigint`.
    #[serde(rename = "type")]
    pub data_type: String,
    /// The numbers it gives.
    #[serde(flatten)]
    pub options: SequenceOptions,
    /// `OWNED BY`: dropped with that column.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub owned_by: Option<OwnedBy>,
    /// `UNLOGGED` (PostgreSQL 15 and later).
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub unlogged: bool,
}

/// The options that sequences and identity columns share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SequenceOptions {
    /// The first value.
    pub start: i64,
    /// The step.
    pub increment: i64,
    /// The least value.
    pub min: i64,
    /// The greatest value.
    pub max: i64,
    /// How many values a session takes at a time.
    pub cache: i64,
    /// Whether it starts again at the end.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub cycle: bool,
}

/// The column that owns a sequence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnedBy {
    /// The column's table.
    pub table: QName,
    /// The column.
    pub column: String,
}

impl SequenceOptions {
    /// What holds the values of both, where a sequence that nobody has used stands outside the new ones: only there can its
    /// value be brought among them, which `ALTER SEQUENCE` demands. One that has grown out of them is for a person to decide.
    pub(crate) fn room_for(&self, new: &Self) -> Option<Self> {
        let both = Self {
            min: self.min.min(new.min),
            max: self.max.max(new.max),
            ..self.clone()
        };
        let outside = self.start < new.min || self.start > new.max;
        outside.then_some(both)
    }

    /// What PostgreSQL gives a sequence of that type and step when nothing is said.
    /// Source: `init_params` in `src/backend/commands/sequence.c`.
    pub fn default_for(data_type: &str, increment: i64) -> Self {
        let (lowest, highest) = match data_type {
            "smallint" => (i64::from(i16::MIN), i64::from(i16::MAX)),
            "integer" => (i64::from(i32::MIN), i64::from(i32::MAX)),
            _ => (i64::MIN, i64::MAX),
        };
        let (min, max) = if increment > 0 {
            (1, highest)
        } else {
            (lowest, -1)
        };
        let start = if increment > 0 { min } else { max };
        Self {
            start,
            increment,
            min,
            max,
            cache: 1,
            cycle: false,
        }
    }
}
