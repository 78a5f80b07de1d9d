//! `tablec` compiles a description of PostgreSQL tables.
//!
//! One [`catalog::Catalog`] stands in the middle. Two readers fill it (a spec, a live database), several
//! writers empty it (Rust, SQL, a plan). Data flows one way; see `ARCHITECTURE.md`.

pub mod catalog;
pub mod checks;
pub mod cluster;
pub mod commands;
pub mod database;
pub mod diagnostics;
pub mod files;
pub mod interrupt;
pub mod introspect;
pub mod kinds;
pub mod migrations;
pub mod outputs;
pub mod plan;
pub mod proofs;
pub mod render;
pub mod runner;
pub mod script;
pub mod shadow;
pub mod spec;
pub mod sql;
pub mod tap;
pub mod templates;
