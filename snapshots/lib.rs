//! Nothing but the snapshots: `cargo insta` looks for them in the folders of packages only.
