//! What PostgreSQL's SQL is made of, as text: names, constants, types, statements.
//!
//! Pure: no server is asked. Where a rule is PostgreSQL's own, its source is named, and `tests/sql_server.rs` holds
//! it against a real server.

mod array_casts;
mod builtin_routines;
mod check;
pub mod deparse;
mod error;
mod expression;
mod ident;
mod index_key;
mod keywords;
mod literal;
mod mentions;
mod nesting;
pub mod object_name;
mod parsing;
mod renaming;
mod routine;
mod statements;
mod text;
pub(crate) mod tokens;
mod trigger_statements;
pub mod types;
mod values;

pub use builtin_routines::is_builtin_routine;
pub use check::{check_expression, check_query, check_statements};
pub use error::SqlError;
pub use expression::{ColumnRef, column_refs, expression_name, is_simple_expression};
pub use ident::{MAX_NAME_BYTES, clip, fold_ident, name_problem, quote_ident, quote_qualified};
pub use index_key::{IndexElement, as_key, parse_index_element};
pub use literal::{dollar_quote, quote_literal};
pub use mentions::{Mentions, mentions};
pub use renaming::{move_identifier, rename_constant, rename_identifier, rename_type};
pub use routine::RoutineSignature;
pub use statements::{Piece, PieceKind, StatementInfo, split, statements};
pub use text::{normal_text, same_text};
pub use tokens::split_list;
pub use trigger_statements::{
    TriggerAction, TriggerStatement, calls_with_strings, trigger_statements,
};
pub use types::{TypeCategory, TypeName};
pub use values::{Value, literal_fits, literal_sql};
