//! `tablec-runtime` compiles without warnings with each of its features alone, with none, and with all.

use std::path::Path;
use std::process::Command;

const FEATURES: &[&str] = &[
    "codec", "blocking", "async", "jiff", "chrono", "time", "uuid", "json",
];

#[test]
fn every_feature_alone_compiles_without_warnings() {
    let all = FEATURES.join(",");
    // What the optional crates add to the codecs.
    let with_codec = "codec,jiff,chrono,time,uuid,json".to_owned();
    let alone = FEATURES.iter().map(|feature| (*feature).to_owned());
    let sets: Vec<_> = alone.chain([String::new(), with_codec, all]).collect();
    for features in &sets {
        clippy(features);
    }
    println!("{} sets of features compiled", sets.len());
}

fn clippy(features: &str) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rust/target");
    let output = Command::new(env!("CARGO"))
        .args(["clippy", "--offline", "--no-default-features", "--features"])
        .args([features, "--", "-D", "warnings"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime"))
        // As the generated crates are built there.
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_TARGET_DIR", target)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "with `{features}`:\n{said}");
}
