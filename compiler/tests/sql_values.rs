//! Constants that `literal_fits` takes are taken by a real server, and come back as what they were.

use proptest::prelude::Strategy;
use proptest::strategy::ValueTree;
use proptest::string::string_regex;
use proptest::test_runner::TestRunner;
use tablec::database::Session;
use tablec::sql::{TypeName, Value, literal_fits, literal_sql, quote_literal};
use tablec_testing::Database;

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Says of each piece of SQL whether it can be evaluated.
const WORKS: &str = "create function works(expression text) returns text language plpgsql as $$
    declare answer boolean;
    begin execute 'select ' || expression into answer; return coalesce(answer::text, 'null');
    exception when others then return sqlerrm; end $$";

fn works(
    session: &Session,
    expressions: &[String],
) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut answers = Vec::new();
    for some in expressions.chunks(500) {
        let list: Vec<_> = some.iter().map(|sql| quote_literal(sql)).collect();
        let sql = format!(
            "select works(x) from unnest(array[{}]) with ordinality as t (x, n) order by n",
            list.join(",")
        );
        answers.extend(
            session
                .query(&sql)?
                .iter()
                .map(|row| row.get::<_, String>(0)),
        );
    }
    Ok(answers)
}

/// The same texts in each run.
fn samples(pattern: &str, count: usize) -> Vec<String> {
    let strategy = string_regex(pattern).expect(pattern);
    let mut runner = TestRunner::deterministic();
    (0..count)
        .map(|_| strategy.new_tree(&mut runner).expect("a text").current())
        .collect()
}

/// Near misses and hits, by type.
#[rustfmt::skip]
const TEXTS: &[(&str, &str)] = &[
    ("numeric", "[-+]?[0-9]{0,4}[.]?[0-9]{0,3}|NaN|-?[Ii]nf(inity)?"),
    ("uuid", "\\{?[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\\}?|([0-9a-f]{4}-?){8}|[0-9a-f-]{32,36}"),
    ("date", "[0-9]{4}-(0[0-9]|1[0-3])-([0-2][0-9]|3[0-2])|-?infinity|epoch|[0-9]{1,2}/[0-9]/2020"),
    ("time", "[0-2]?[0-9]:[0-6][0-9](:[0-6][0-9](\\.[0-9]{1,7})?)?|24:00(:0[01])?"),
    ("timetz", "[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?( ?[+-][0-9]{1,2}(:?[0-5][0-9])?|Z| UTC)?"),
    ("timestamp", "20[0-9]{2}-0[1-9]-[0-2][0-9]([T ][0-2][0-9]:[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6})?)?)?(Z|\\+01)?"),
    ("timestamptz", "20[0-9]{2}-0[1-9]-[0-2][0-9][T ][0-2][0-9]:[0-5][0-9](:[0-5][0-9])?( ?[+-][0-9]{1,2}(:[0-5][0-9])?| ?Z| UTC| Europe/Zurich)?"),
    ("interval", "@? ?([-+]?[0-9]{1,3}(\\.[0-9])? ?(years?|mons?|month|weeks?|days?|hours?|h|minutes?|mins?|secs?|seconds?|s|ms|us|decades?|centur(y|ies)|c|mil|millennia|d|w|y)? ?){1,3}([0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)?( ago)?"),
    ("interval", "P([0-9]{1,2}[YMWD]){0,3}(T([0-9]{1,2}[HMS]){0,3})?"),
    ("interval", "[-+]?[0-9]{1,2}-[0-9]{1,2}|[-+]?[0-9]{1,3}:[0-9]{1,2}(:[0-9]{1,2}(\\.[0-9]{1,3})?)?|[0-9]{1,3}"),
    ("json", "\\{(\"a\":[0-9]{0,2}(\\.[0-9])?)?\\}|\\[(null|true|[01],?)?\\]|\"x(\\\\u0000)?\"|-?[0-9]e[0-9]?"),
    ("jsonb", "\\{(\"a\":[0-9]{0,2}(\\.[0-9])?)?\\}|\\[(null|true|[01],?)?\\]|\"x(\\\\u0000)?\"|-?[0-9]e[0-9]?"),
    ("bytea", "(\\\\x)?[0-9a-f]{0,6}"),
    ("inet", "[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,2}\\.[0-9](/[0-9]{1,2})?|[0-9a-f:]{2,9}(/[0-9]{1,3})?|::ffff:1\\.2\\.3\\.4"),
    ("cidr", "10\\.[0-3]\\.0\\.[01](/[0-9]{1,2})?|fe80::(/(8|9|10|64))?"),
    ("macaddr", "[0-9a-f]{2}(:[0-9a-f]{2}){5}|[0-9a-f]{2}(-[0-9a-f]{2}){5}|[0-9a-f]{10,12}|[0-9a-f:]{12,17}"),
    ("macaddr8", "[0-9a-f]{2}(:[0-9a-f]{2}){7}|[0-9a-f]{12,16}|[0-9a-f]{2}(-[0-9a-f]{2}){5}"),
    ("bit(3)", "[01]{2,4}"),
    ("bit varying(3)", "[012]{0,4}"),
    ("varchar(3)", "[aé ]{0,4}"),
    ("char(3)", "[aé]{0,4}"),
    ("\"char\"", "[aé]{0,2}"),
    ("int4range", "[\\[(][0-9]?,[0-9]?[\\])]|empty|\\[1\\)"),
    ("numrange", "[\\[(](-?[0-1]\\.5)?[,;]([5-9]\\.25)?[\\])]"),
    ("daterange", "\\[(2024-05-01)?,(2024-0[2-9]-30)?\\)"),
    ("tstzrange", "\\[(2024-01-01 00:00:00Z?)?,(\"2025-01-01 00:00:00[+]01\")?\\)"),
    ("int8multirange", "\\{(\\[[1-4],[5-9]\\))?(, ?\\(1[0-4]x?,\\))?\\}"),
];

#[test]
fn texts_that_fit_are_taken() -> Outcome {
    let database = Database::with(WORKS);
    let session = database.connect();
    let mut wrong = Vec::new();
    for (name, pattern) in TEXTS {
        let type_name = TypeName::parse(name)?;
        let values: Vec<_> = samples(pattern, 600).into_iter().map(Value::Text).collect();
        let taken: Vec<_> = values
            .iter()
            .filter(|value| literal_fits(&type_name, value).is_ok())
            .collect();
        assert!(
            taken.len() > 60 && taken.len() < 600,
            "{name}: {} of {}",
            taken.len(),
            values.len()
        );
        let casts: Vec<_> = taken
            .iter()
            .map(|value| {
                format!(
                    "({})::{type_name} is not null",
                    literal_sql(&type_name, value)
                )
            })
            .collect();
        let refused: Vec<_> = works(&session, &casts)?
            .into_iter()
            .zip(casts)
            .filter(|(answer, _)| answer != "true")
            .collect();
        wrong.extend(
            refused
                .iter()
                .map(|(answer, cast)| format!("{cast}: {answer}")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// Nothing is lost: the exact number comes back; and nothing else is refused.
#[test]
fn numbers_fit_when_they_come_back() -> Outcome {
    let database = Database::with(WORKS);
    let session = database.connect();
    let numbers = samples("-?[0-9]{1,5}(\\.[0-9]{1,4})?|-?[0-9]{1,2}000?", 700);
    for name in [
        "numeric(5,2)",
        "numeric(3)",
        "numeric(2,-2)",
        "numeric(2,4)",
        "numeric(6,6)",
        "numeric",
    ] {
        let type_name = TypeName::parse(name)?;
        let casts: Vec<_> = numbers
            .iter()
            .map(|n| format!("{n}::{name} = {n}"))
            .collect();
        let mut fitting = 0;
        for (number, answer) in numbers.iter().zip(works(&session, &casts)?) {
            let fits = literal_fits(&type_name, &Value::Text(number.clone()));
            assert_eq!(
                fits.is_ok(),
                answer == "true",
                "{number} as {name}: {fits:?}, {answer}"
            );
            fitting += u32::from(fits.is_ok());
        }
        assert!(fitting > 3, "{name}: {fitting}");
    }
    Ok(())
}

#[test]
fn whole_numbers_fit_in_their_range() -> Outcome {
    let database = Database::with(WORKS);
    let session = database.connect();
    for (name, limits) in [
        ("smallint", [i64::from(i16::MIN), i64::from(i16::MAX)]),
        ("int", [i64::from(i32::MIN), i64::from(i32::MAX)]),
        ("bigint", [i64::MIN, i64::MAX]),
        ("oid", [0, i64::from(u32::MAX)]),
    ] {
        let type_name = TypeName::parse(name)?;
        for n in limits
            .into_iter()
            .flat_map(|n| [n.saturating_sub(1), n, n.saturating_add(1)])
        {
            let answer = works(&session, &[format!("'{n}'::{name} is not null")])?;
            let fits = literal_fits(&type_name, &Value::Integer(n)).is_ok();
            // The server takes a negative `oid` as the number that has the same bits.
            assert_eq!(
                fits,
                answer == ["true"] && !(name == "oid" && n < 0),
                "{n} as {name}"
            );
        }
    }
    Ok(())
}

#[test]
fn arrays_come_back_as_what_they_were() -> Outcome {
    let database = Database::with(WORKS);
    let session = database.connect();
    let texts = samples("[a-zA-Z0-9{}\",\\\\' é_-]{0,6}|null|NULL", 800);
    let type_name = TypeName::parse("text[]")?;
    let arrays: Vec<_> = texts
        .chunks(4)
        .map(|some| {
            let value = Value::Array(some.iter().cloned().map(Value::Text).collect());
            assert_eq!(literal_fits(&type_name, &value), Ok(()));
            let items: Vec<_> = some.iter().map(|text| quote_literal(text)).collect();
            format!(
                "{}::text[] = array[{}]",
                literal_sql(&type_name, &value),
                items.join(",")
            )
        })
        .collect();
    assert!(
        works(&session, &arrays)?
            .iter()
            .all(|answer| answer == "true")
    );
    Ok(())
}
