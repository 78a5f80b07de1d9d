//! Throwaway servers and the connections to them, on a real PostgreSQL.

use std::process::Command;

use tablec::cluster::{Binaries, Cluster};
use tablec::database::{self, ConnectError, QueryError, SqlState};
use tablec_testing::{Database, cluster, server};

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[test]
fn a_cluster_serves_databases_and_leaves_nothing_behind() -> Outcome {
    let cluster = server(None)?;
    let folder = cluster.folder().to_owned();
    cluster.create_database("one \"quoted\" näme")?;
    let session = cluster.connect("one \"quoted\" näme")?;
    assert_eq!(session.major(), cluster.major());
    let rows = session.query_all(&[
        "select current_database()::text",
        "select current_setting('TimeZone')",
    ])?;
    assert_eq!(rows[0][0].get::<_, &str>(0), "one \"quoted\" näme");
    assert_eq!(rows[1][0].get::<_, &str>(0), "UTC");
    assert_eq!(session.round_trips(), 1);
    drop(session);
    drop(cluster);
    assert!(!folder.exists());
    Ok(())
}

#[test]
fn a_database_is_copied_and_dropped_with_its_connections() -> Outcome {
    let cluster = cluster();
    cluster.create_database("a")?;
    cluster
        .connect("a")?
        .batch_execute("create table kept (id int)")?;
    cluster.create_database_from_template("b", "a")?;
    let session = cluster.connect("b")?;
    session.query("select * from kept")?;
    cluster.drop_database("b")?;
    assert!(matches!(
        session.query("select 1"),
        Err(QueryError::Server(_) | QueryError::Lost(_))
    ));
    assert!(matches!(
        database::connect(&cluster.url("b")),
        Err(ConnectError::NoDatabase { .. })
    ));
    Ok(())
}

#[test]
fn psql_takes_the_url() -> Outcome {
    let cluster = cluster();
    cluster.create_database("näme/ with ?&")?;
    let psql = cluster.binaries().tool("psql")?;
    let url = cluster.url("näme/ with ?&");
    let output = Command::new(psql)
        .args([&url, "-Atc", "select current_database()"])
        .output()?;
    assert_eq!(
        String::from_utf8(output.stdout)?,
        "näme/ with ?&\n",
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

#[test]
fn a_failed_statement_tells_code_position_and_hint() {
    let database = Database::new();
    let session = database.connect();
    let error = session
        .query("select oid, nonsens from pg_class")
        .unwrap_err();
    assert_eq!(error.code(), Some(&SqlState::UNDEFINED_COLUMN));
    assert_eq!(error.position(), Some(13));
    assert_eq!(
        error.to_string(),
        "column \"nonsens\" does not exist (42703)"
    );
}

#[test]
fn notices_are_collected() -> Outcome {
    let database = Database::new();
    let session = database.connect();
    session.batch_execute("do $$ begin raise warning 'look %', 1; end $$")?;
    let notices: Vec<_> = session
        .take_notices()
        .iter()
        .map(|notice| notice.message().to_owned())
        .collect();
    assert_eq!(notices, ["look 1"]);
    assert!(session.take_notices().is_empty());
    Ok(())
}

#[test]
fn a_database_is_dumped_without_what_changes() {
    let database = Database::with(
        "create table a (id int primary key); comment on table a is '-- Name: x; Type: y';",
    );
    let dump = database.duplicate().dump();
    assert!(
        !dump.contains("restrict") && !dump.contains("Dumped") && !dump.contains("; Owner: "),
        "{dump}"
    );
    assert!(
        dump.contains("COMMENT ON TABLE public.a IS '-- Name: x; Type: y';\n"),
        "{dump}"
    );
    assert_eq!(dump, database.dump());
}

#[test]
fn a_server_that_does_not_start_says_why() -> Outcome {
    let binaries = Binaries::find(None)?;
    let outcome = Cluster::start_with(&binaries, &["max_connections=lots"]);
    let error = outcome.expect_err("a wrong setting").to_string();
    assert!(error.starts_with("could not start the server: "), "{error}");
    assert!(
        error.contains("invalid value for parameter \"max_connections\": \"lots\""),
        "{error}"
    );
    Ok(())
}
