//! The compiler for PostgreSQL tables.
