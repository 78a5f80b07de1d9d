//! Suites played, and triggers, policies and functions proved by them.
//!
//! A [`Stage`] is a database that the migrations built, and clones of it. A [`Lane`] plays suites there one after the
//! other. The facts about triggers are the catalog's of that database.

pub mod bodies;
mod cache;
mod coverage;
mod crew;
pub mod declared;
mod examine;
pub mod facts;
mod lane;
pub mod mutants;
mod named;
mod player;
mod probes;
mod proof;
mod prove;
pub mod report;
mod run;
mod scaffold;
mod stage;
mod subjects;
mod trials;

pub use bodies::{Bodies, Body, Ran, Share};
pub use cache::{Cache, Key, key};
pub use coverage::{Coverage, Firing, Ruling};
pub use examine::{Evidence, Examination, Probed, Progress, examine, probe};
pub use lane::{Lane, Manner, Over, Round};
pub use named::{has_word, named_in};
pub use player::{Files, Message, Played, play};
pub use probes::{Counted, Probes};
pub use proof::{Count, Kind, Level, Seen, Subject, Tried};
pub use prove::{Court, Reasons, Trial, Verdict, arena, try_all, witnesses};
pub use run::{Crew, SuiteRun, run_counted, run_suites};
pub use scaffold::scaffolds;
pub use stage::{Script, Server, Stage, StageError};
