//! The law on random pairs of schemas: build both, apply the plan from one to the other, and `pg_dump -s` of the first is that of
//! the second; a second plan is empty. With rows, every value of a column that stays as it is is still there.
//!
//! `TABLEC_RANDOM_PAIRS=2000` says how many (the default is small), `TABLEC_RANDOM_SEED=7` which. A failure is cut down to a
//! small pair and printed with its seed.

mod pairs;

use std::env;

use pairs::{Schema, law};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// How many pairs share two databases, each in a schema of its own.
const AT_ONCE: usize = 20;

#[test]
fn plans_of_random_pairs_build_the_new_schema() {
    let number = |name: &str, usual: u64| {
        env::var(name)
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(usual)
    };
    let (count, seed) = (
        number("TABLEC_RANDOM_PAIRS", 100),
        number("TABLEC_RANDOM_SEED", 1),
    );
    let batches = count.div_ceil(AT_ONCE as u64);
    for batch in 0..batches {
        let seed = seed.wrapping_mul(1_000_003) + batch;
        run_batch(seed).unwrap_or_else(|failure| panic!("seed {seed}\n{failure}"));
    }
    println!("{} random pairs of schemas", batches * AT_ONCE as u64);
}

fn run_batch(seed: u64) -> Result<(), String> {
    let mut runner = runner(seed);
    let pair = (Schema::any(), Schema::any());
    let trees: Vec<_> = (0..AT_ONCE)
        .map(|_| pair.new_tree(&mut runner).unwrap())
        .collect();
    let pairs: Vec<(Schema, Schema)> = trees.iter().map(ValueTree::current).collect();
    if law(&pairs).is_ok() {
        return Ok(());
    }
    for mut tree in trees {
        if law(&[tree.current()]).is_err() {
            return Err(shrink(&mut tree));
        }
    }
    law(&pairs)
}

/// The smallest pair that still fails, within reason.
fn shrink(tree: &mut impl ValueTree<Value = (Schema, Schema)>) -> String {
    let mut last = law(&[tree.current()]).unwrap_err();
    let mut steps = 0;
    while steps < 60 && tree.simplify() {
        while steps < 60 {
            steps += 1;
            match law(&[tree.current()]) {
                Err(failure) => {
                    last = failure;
                    break;
                }
                Ok(()) if !tree.complicate() => return last,
                Ok(()) => {}
            }
        }
    }
    last
}

fn runner(seed: u64) -> TestRunner {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    TestRunner::new_with_rng(Config::default(), rng)
}
