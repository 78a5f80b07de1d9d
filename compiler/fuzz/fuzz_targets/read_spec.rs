//! Any project at all is read: `cargo +nightly fuzz run read_spec`, in `compiler/`.
#![no_main]

mod project;

libfuzzer_sys::fuzz_target!(|text: &str| project::read(text));
