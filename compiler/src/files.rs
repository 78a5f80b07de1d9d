//! Reading a project's files.

pub mod migrations;
pub mod templates;
pub mod workspace;
