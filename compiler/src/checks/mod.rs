//! What `tablec check` finds beyond what the compiler itself needs to know: all of it values, with file and line.

mod isolation;
mod parity;

pub use isolation::{Manifest, driver_dependencies};
pub use parity::parity;
