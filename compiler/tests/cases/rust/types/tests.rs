//! Every type there and back, through both drivers, by name and without.

use std::ops::Bound;

use tablec_runtime::factory::World;
use tablec_runtime::values::*;
use tablec_runtime::{BoxError, Patch, Statements, asynchronous, blocking};
use types_db::factories::*;
use types_db::ports::*;
use types_db::provider;
use types_db::repositories::*;
use types_db::rows::*;
use types_db::types::*;

type Outcome = Result<(), BoxError>;

/// Values at the edges of their types, where there are some.
fn edges() -> Result<Vec<NewEverything>, BoxError> {
    let mut world = World::new(0);
    let mut factory = create_everything_factory(&mut world);
    let mut rows: Vec<_> = (0..4).map(|_| factory.build()).collect();
    for (row, text) in rows.iter_mut().zip(["NaN", "-0.000123", "123456789012345678901234567890.000000000100", "Infinity"]) {
        row.c_numeric = text.parse()?;
    }
    let [a, b, c, _] = rows.as_mut_slice() else { return Err("four rows".into()) };
    a.c_mood = Mood::VeryHappy;
    a.c_interval = Interval { months: -14, days: 3, microseconds: -1 };
    a.c_timetz = TimeTz { microseconds: 1, offset: 3600 * 5 + 1800 };
    a.c_bit = Bits(vec![true, false, true]);
    a.c_varbit = Bits(vec![true; 9]);
    a.c_int4range = Range::Empty;
    a.c_tstzrange = Range::Between(Bound::Unbounded, Bound::Unbounded);
    a.c_int4multirange = Multirange(vec![Range::half_open(1, 3), Range::Between(Bound::Included(9), Bound::Unbounded)]);
    a.c_float_ranges = Multirange(vec![Range::half_open(0.5, 1.5)]);
    a.c_address = Some(Address { street: Some("Main (\"St\"), 5\\".into()), number: None, mood: Some(Mood::BackSlash), at: Some(jiff::Timestamp::UNIX_EPOCH) });
    a.c_hstore = Hstore([("a".into(), Some("1".into())), ("b \"".into(), None)].into());
    a.c_inet = Inet { address: "2001:db8::1".parse()?, prefix: 64 };
    a.c_cidr = Inet { address: "10.1.0.0".parse()?, prefix: 16 };
    a.c_path = Path { closed: true, points: vec![Point { x: 1.0, y: -2.5 }, Point { x: 0.0, y: 0.0 }] };
    a.c_char = -7;
    a.c_bytea = vec![0, 255, 39, 92];
    a.c_json = serde_json::json!({"a": [1, null, "ü'"]});
    a.c_jsonb = a.c_json.clone();
    a.c_timestamp = jiff::civil::date(1969, 12, 31).at(23, 59, 59, 999_999_000);
    b.c_date = jiff::civil::date(1, 1, 1);
    b.c_money = Money(-123);
    b.c_int8 = i64::MIN;
    b.c_pg_lsn = PgLsn(u64::MAX);
    c.c_float4 = f32::MIN_POSITIVE;
    c.c_float8 = f64::NEG_INFINITY;
    Ok(rows)
}

fn everything(new: &NewEverything, row: &EverythingRow) {
    // What the database adds: spaces at the end of char(n), the canonical form of discrete ranges and of texts.
    let given = format!("{new:?}").replace("NewEverything", "").replace("Some(Address", "(Address");
    let got = format!("{row:?}").replace("EverythingRow", "").replace("Some(Address", "(Address");
    let differ: Vec<_> = given.split(", c_").zip(got.split(", c_")).filter(|(a, b)| a != b).collect();
    let canonical = ["jsonpath", "tsvector", "regclass", "bpchar", "int4range", "int8range", "daterange", "int4multirange", "tsquery", "xml"];
    let wrong: Vec<_> = differ.iter().filter(|(a, _)| !canonical.iter().any(|name| a.starts_with(name))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn arrays() -> Result<NewArray, BoxError> {
    let address = Address { street: None, number: Some(1), mood: Some(Mood::Sad), at: None };
    let mut new = create_array_factory(&mut World::new(0)).build();
    new.c_bool = vec![true, false];
    new.c_int4 = vec![1, 2];
    new.c_text = vec!["a".into(), "{\"b\",null}".into()];
    new.c_varchar = vec![String::new()];
    new.c_uuid = vec![uuid::Uuid::max()];
    new.c_jsonb = vec![serde_json::json!([1])];
    new.c_numeric = vec!["1.50".parse()?, "NaN".parse()?];
    new.c_timestamptz = vec![jiff::Timestamp::UNIX_EPOCH];
    new.c_mood = vec![Mood::ItSOk, Mood::Sad];
    new.c_percentage = vec![Percentage(7)];
    new.c_address = vec![address.clone(), address];
    new.c_xml = vec!["<a/>".into(), "<b c=\"1\"/>".into()];
    new.c_range = vec![Range::half_open(1, 2)];
    new.c_bytea = vec![vec![1, 2], vec![]];
    new.c_moods = Moods(vec![Mood::Sad]);
    new.c_citext = vec!["Aa".into()];
    Ok(new)
}

#[test]
fn blocking_there_and_back() -> Outcome {
    for statements in [Statements::Named, Statements::Unnamed] {
        let mut settings = provider::settings()?;
        settings.statements = statements;
        let mut db = blocking::Connection::open(&settings)?;
        let mut tx = db.begin()?;
        let new = edges()?;
        let rows = EverythingPort::insert_many(&mut EverythingRepository::new(&mut tx), &new)?;
        new.iter().zip(&rows).for_each(|(new, row)| everything(new, row));
        for row in &rows {
            assert!(EverythingPort::delete(&mut EverythingRepository::new(&mut tx), row.id)?);
        }
        for new in &new {
            everything(new, &EverythingPort::insert(&mut EverythingRepository::new(&mut tx), new)?);
        }
        let new = arrays()?;
        for row in ArrayPort::insert_many(&mut ArrayRepository::new(&mut tx), &[new.clone(), new.clone()])? {
            assert_eq!((row.c_text, row.c_address, row.c_xml), (new.c_text.clone(), new.c_address.clone(), new.c_xml.clone()));
            assert_eq!((row.c_moods, row.c_mood, row.c_numeric), (new.c_moods.clone(), new.c_mood.clone(), new.c_numeric.clone()));
            assert_eq!((row.c_range, row.c_percentage, row.c_bytea), (new.c_range.clone(), new.c_percentage.clone(), new.c_bytea.clone()));
            assert_eq!((row.c_jsonb, row.c_citext, row.c_optional), (new.c_jsonb.clone(), new.c_citext.clone(), None));
        }
        patches(&mut tx)?;
    }
    Ok(())
}

fn patches(tx: &mut blocking::Transaction<'_>) -> Outcome {
    let mut repository = OptionalRepository::new(tx);
    let row = OptionalPort::insert(&mut repository, &create_optional_factory(&mut World::new(1)).build())?;
    assert_eq!((row.c_short.as_deref(), row.c_xml.as_deref()), (Some("abc"), None));
    let patch = OptionalPatch {
        c_xml: Patch::Set("<a/>".into()),
        c_mood: Patch::Set(Mood::Sad),
        c_short: Patch::Null,
        c_bytes: Patch::Set(vec![1]),
        c_address: Patch::Set(Address { street: None, number: None, mood: None, at: None }),
        ..OptionalPatch::default()
    };
    let row = OptionalPort::update(&mut repository, &row.id, &patch)?.ok_or("no row")?;
    assert_eq!((row.c_xml.as_deref(), row.c_mood, row.c_short.as_deref()), (Some("<a/>"), Some(Mood::Sad), None));
    assert_eq!(OptionalPort::find_by_c_bytes(&mut repository, &[1])?.as_ref(), Some(&row));
    assert_eq!(OptionalPort::update(&mut repository, &row.id, &OptionalPatch::default())?, Some(row));
    Ok(())
}

#[tokio::test]
async fn asynchronous_there_and_back() -> Outcome {
    for statements in [Statements::Named, Statements::Unnamed] {
        let mut settings = provider::settings()?;
        settings.statements = statements;
        let pool = asynchronous::Pool::new(&settings)?;
        let mut connection = pool.connection().await?;
        let tx = connection.begin().await?;
        let new = edges()?;
        let rows = AsyncEverythingPort::insert_many(&EverythingRepository::new(&tx), &new).await?;
        new.iter().zip(&rows).for_each(|(new, row)| everything(new, row));
        let new = arrays()?;
        let row = AsyncArrayPort::insert(&ArrayRepository::new(&tx), &new).await?;
        assert_eq!((row.c_address, row.c_moods), (new.c_address, new.c_moods));
        tx.rollback().await?;
    }
    Ok(())
}
