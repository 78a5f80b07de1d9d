//! What a spec's objects depend on.
