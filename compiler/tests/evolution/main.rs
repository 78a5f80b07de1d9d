//! Changes of a schema, a folder each in `cases/evolution/<kind>/<what>/`: `old.sql` and `new.sql`, or folders `old/` and `new/`
//! that stand for `spec/`. The plan from one to the other is a snapshot, and is run on a real server: `pg_dump -s` says what it says
//! of the new schema built from nothing, a second plan is empty, every value of a column that stays is still there. Where both
//! are SQL, the way back is gone too.
//!
//! `rows.sql` fills the old schema, `kept.sql` is a query whose answer afterwards is part of the snapshot. A spec that is wrong has
//! its findings as the snapshot. `TABLEC_CASES=table/` picks the cases whose path contains that.
//!
//! `sh compiler/tests/servers.sh cargo test -p tablec --test evolution` goes through them on every major version. The
//! snapshots are the plans on PostgreSQL 15: on others the dump is the judge. `needs` names what a case needs of its server
//! (`postgresql 18`, `icu`, `extension citext`, a line each): where that is missing it is left out, and named.

mod case;
mod journey;
mod needs;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use case::Case;
use journey::{Event, Journey};
use needs::{Offer, USUAL};
use tablec::cluster::Cluster;
use tablec::kinds::Kind;
use tablec_testing::{Database, cluster, servers};

#[test]
fn every_change_arrives_and_every_kind_is_tried() {
    let cases = Case::all();
    let clusters: Vec<&'static Cluster> = match std::env::var_os("TABLEC_SERVERS") {
        Some(_) => servers().iter().collect(),
        None => vec![cluster()],
    };
    let failed: usize = clusters.into_iter().map(|one| on(one, &cases)).sum();
    assert!(failed == 0, "{failed} failed");
}

/// Runs the cases on a server. How many failed.
fn on(cluster: &'static Cluster, cases: &[Case]) -> usize {
    Database::on(cluster).run(include_str!("../cases/evolution/roles.sql"));
    let offer = Offer::of(cluster);
    let (cases, left_out) = offered(cases, &offer);
    let journeys = run(&cases, cluster);
    let failures: Vec<String> = journeys
        .iter()
        .filter_map(|(case, journey)| Some(format!("{case}: {}", journey.as_ref().err()?)))
        .collect();
    println!(
        "PostgreSQL {}: {} cases, {} failed, {} left out",
        cluster.major(),
        journeys.len(),
        failures.len(),
        left_out.len(),
    );
    println!("{}\n{}", left_out.join("\n"), failures.join("\n\n"));
    if cluster.major() == USUAL {
        assert_snapshots(&journeys);
        if failures.is_empty() && std::env::var_os("TABLEC_CASES").is_none() {
            nothing_is_missing(&journeys);
        }
    }
    failures.len()
}

/// The cases that a server has all for, and what is said of the others.
fn offered(cases: &[Case], offer: &Offer) -> (Vec<Case>, Vec<String>) {
    let (mut runs, mut left_out) = (Vec::new(), Vec::new());
    for case in cases {
        match case.needs().into_iter().find(|need| !offer.has(need)) {
            Some(need) => left_out.push(format!("{case} needs {need}")),
            None => runs.push(case.clone()),
        }
    }
    (runs, left_out)
}

fn assert_snapshots(journeys: &Journeys) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/evolution");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (case, journey) in journeys {
            if let Ok(journey) = journey {
                insta::assert_snapshot!(format!("{}--{}", case.kind, case.what), journey.shown);
            }
        }
    });
}

type Journeys = BTreeMap<Case, Result<Journey, String>>;

fn run(cases: &[Case], cluster: &'static Cluster) -> Journeys {
    let (left, done) = (Mutex::new(cases.iter()), Mutex::new(BTreeMap::new()));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some(case) = { left.lock().unwrap().next() } {
                    let journey = journey::run(case, cluster);
                    done.lock().unwrap().insert(case.clone(), journey);
                }
            });
        }
    });
    done.into_inner().unwrap()
}

/// Objects of every kind stay, come, change and go in some case, and a wrong spec of every kind is told.
fn nothing_is_missing(journeys: &Journeys) {
    let done = journeys
        .values()
        .filter_map(|journey| journey.as_ref().ok());
    let seen: BTreeSet<_> = done
        .flat_map(|journey| journey.seen.iter().copied())
        .collect();
    let mut missing = Vec::new();
    for &kind in Kind::ALL {
        for event in [Event::Stays, Event::Comes, Event::Changes, Event::Goes] {
            // No statement changes what roles are: they are the cluster's.
            let never = kind == Kind::Role && event == Event::Changes;
            if !never && !seen.contains(&(kind, event)) {
                missing.push(format!("no {} {event:?}", kind.word()));
            }
        }
        let wrong = Case {
            kind: kind.folder(),
            what: "wrong".to_owned(),
        };
        if !journeys.contains_key(&wrong) {
            missing.push(format!("no {}/{}", wrong.kind, wrong.what));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
