//! Suites played, and triggers, policies and functions proved by them.
//!
//! A [`Stage`] is a database that the migrations built, and clones of it. A [`Lane`] plays suites there one after the
//! other. The facts about triggers are the catalog's of that database.

mod crew;
mod lane;
mod player;
pub mod report;
mod run;
mod stage;

pub use lane::{Lane, Manner, Round};
pub use player::{Files, Message, Played, play};
pub use run::{Crew, SuiteRun, run_suites};
pub use stage::{Script, Server, Stage, StageError};
