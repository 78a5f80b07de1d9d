//! What PostgreSQL's SQL is made of, as text: names, constants, types, statements.
//!
//! Pure: no server is asked. Where a rule is PostgreSQL's own, its source is named, and `tests/sql_server.rs` holds
//! it against a real server.

mod error;
mod ident;
mod keywords;
mod literal;
pub mod object_name;
mod tokens;
pub mod types;

pub use error::SqlError;
pub use ident::{MAX_NAME_BYTES, clip, fold_ident, name_problem, quote_ident, quote_qualified};
pub use literal::{dollar_quote, quote_literal};
pub use types::{TypeCategory, TypeName};
