//! Random schemas, valid by construction, as SQL; and the law.

mod law;
mod schema;

pub use law::law;
pub use schema::Schema;
