use std::fmt;
use std::ops::Bound;

/// A range: `int4range`, `tstzrange` and every other range type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Range<T> {
    /// `empty`.
    Empty,
    /// From a lower to an upper bound.
    Between(Bound<T>, Bound<T>),
}

/// A multirange: ranges that do not overlap, in order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Multirange<T>(pub Vec<Range<T>>);

impl<T> Range<T> {
    /// `[start,end)`: what a discrete range is always turned into.
    pub fn half_open(start: T, end: T) -> Self {
        Self::Between(Bound::Included(start), Bound::Excluded(end))
    }
}

impl<T> From<std::ops::Range<T>> for Range<T> {
    fn from(range: std::ops::Range<T>) -> Self {
        Self::half_open(range.start, range.end)
    }
}

impl<T> Default for Multirange<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: fmt::Display> fmt::Display for Range<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Between(lower, upper) = self else {
            return f.write_str("empty");
        };
        match lower {
            Bound::Included(value) => write!(f, "[{value},")?,
            Bound::Excluded(value) => write!(f, "({value},")?,
            Bound::Unbounded => f.write_str("(,")?,
        }
        match upper {
            Bound::Included(value) => write!(f, "{value}]"),
            Bound::Excluded(value) => write!(f, "{value})"),
            Bound::Unbounded => f.write_str(")"),
        }
    }
}
