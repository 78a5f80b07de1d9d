//! Any project at all is read: `RUSTC_BOOTSTRAP=1 cargo fuzz run read_spec` in `compiler/`, or with a nightly compiler.
#![no_main]

mod project;

libfuzzer_sys::fuzz_target!(|text: &str| project::read(text));
