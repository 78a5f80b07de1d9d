//! Changes of a schema, a folder each in `cases/evolution/<kind>/<what>/`: `old.sql` and `new.sql`, or folders `old/` and `new/`
//! that stand for `spec/`. The plan from one to the other is a snapshot, and is run on a real server: `pg_dump -s` says what it says
//! of the new schema built from nothing, a second plan is empty, every value of a column that stays is still there. Where both
//! are SQL, the way back is gone too.
//!
//! `rows.sql` fills the old schema, `kept.sql` is a query whose answer afterwards is part of the snapshot. A spec that is wrong has
//! its findings as the snapshot. `TABLEC_CASES=table/` picks the cases whose path contains that.

mod case;
mod journey;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use case::Case;
use journey::{Event, Journey};
use tablec::kinds::Kind;
use tablec_testing::Database;

#[test]
fn every_change_arrives_and_every_kind_is_tried() {
    Database::with(include_str!("../cases/evolution/roles.sql"));
    let journeys = run(&Case::all());
    let failures: Vec<String> = journeys
        .iter()
        .filter_map(|(case, journey)| {
            Some(format!(
                "{}/{}: {}",
                case.kind,
                case.what,
                journey.as_ref().err()?
            ))
        })
        .collect();
    println!("{} cases\n{}", journeys.len(), failures.join("\n\n"));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/evolution");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (case, journey) in &journeys {
            if let Ok(journey) = journey {
                insta::assert_snapshot!(format!("{}--{}", case.kind, case.what), journey.shown);
            }
        }
    });
    assert!(failures.is_empty(), "{} failed", failures.len());
    if std::env::var_os("TABLEC_CASES").is_none() {
        nothing_is_missing(&journeys);
    }
}

type Journeys = BTreeMap<Case, Result<Journey, String>>;

fn run(cases: &[Case]) -> Journeys {
    let (left, done) = (Mutex::new(cases.iter()), Mutex::new(BTreeMap::new()));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some(case) = { left.lock().unwrap().next() } {
                    let journey = journey::run(case);
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
