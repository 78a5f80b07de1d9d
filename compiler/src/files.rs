//! Reading a project's files.

pub mod migrations;
pub mod workspace;
