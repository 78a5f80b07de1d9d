//! The values that PostgreSQL has and Rust lacks.

mod bits;
mod geometry;
mod hstore;
mod network;
mod numeric;
mod range;
mod temporal;

pub use bits::Bits;
pub use geometry::{Circle, Line, Path, Point, Polygon, Rect, Segment};
pub use hstore::Hstore;
pub use network::{Inet, MacAddr, MacAddr8, PgLsn};
pub use numeric::{Numeric, ParseNumericError};
pub use range::{Multirange, Range};
pub use temporal::{Interval, Money, TimeTz};
