//! A project's files, read from disk. The rest of the library is given their contents.

pub mod migrations;
mod spec;
pub mod templates;
pub mod workspace;

pub use spec::{MAX_BYTES, load, project_folder};
