//! Connections to a real server over TCP, TLS and passwords, what fails about them, and what they cost.

use std::error::Error;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tablec::cluster::{Binaries, Cluster};
use tablec::database::{ConnectError, Session, connect};
use tablec_testing::Database;

type Fallible<T> = Result<T, Box<dyn Error>>;

/// A server that also listens on a TCP port of this machine.
struct TcpServer {
    cluster: Cluster,
    port: u16,
}

impl TcpServer {
    fn start() -> Fallible<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let settings = ["listen_addresses=127.0.0.1", &format!("port={port}")];
        let cluster = Cluster::start_with(&Binaries::find(None)?, &settings)?;
        Ok(Self { cluster, port })
    }

    fn connect(&self, more: &str) -> Result<Session, ConnectError> {
        connect(&format!("port={} dbname=postgres {more}", self.port))
    }

    /// Writes a file into the data folder, readable by the server only.
    fn write(&self, name: &str, text: &str) -> Fallible<PathBuf> {
        let data = self.cluster.folder().join("data");
        let path = data.join(name);
        fs::write(&path, text)?;
        let owner = fs::metadata(&data)?;
        chown(&path, Some(owner.uid()), Some(owner.gid()))?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
        Ok(path)
    }

    fn reload(&self) -> Fallible<()> {
        self.cluster
            .connect("postgres")?
            .query("select pg_reload_conf()")?;
        Ok(())
    }

    /// Turns TLS on, with a certificate for `localhost`; returns the path of the authority's.
    fn secure(&self) -> Fallible<PathBuf> {
        let mut authority = CertificateParams::new(Vec::new())?;
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;
        let key = KeyPair::generate()?;
        let certificate =
            CertificateParams::new(vec!["localhost".to_owned()])?.signed_by(&key, &authority)?;
        self.write("server.key", &key.serialize_pem())?;
        self.write("server.crt", &certificate.pem())?;
        self.cluster
            .connect("postgres")?
            .query("alter system set ssl = on")?;
        self.reload()?;
        until(|| {
            self.connect("host=127.0.0.1 user=postgres sslmode=require")
                .is_ok()
        });
        self.write("ca.pem", &authority.pem())
    }
}

fn until(done: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !done() {
        assert!(
            Instant::now() < deadline,
            "the server did not reload its settings"
        );
        thread::sleep(Duration::from_millis(10));
    }
}

fn is_encrypted(session: &Session) -> Fallible<bool> {
    let rows = session.query("select ssl from pg_stat_ssl where pid = pg_backend_pid()")?;
    Ok(rows[0].get(0))
}

#[test]
fn each_sslmode_does_what_libpq_does() -> Fallible<()> {
    let server = TcpServer::start()?;
    let required = server.connect("host=localhost user=postgres sslmode=require");
    let error = required.expect_err("there is no TLS yet").to_string();
    assert!(error.contains("server does not support TLS"), "{error}");
    assert!(!is_encrypted(
        &server.connect("host=localhost user=postgres")?
    )?);

    let authority = server.secure()?;
    let trusted = format!("sslrootcert={}", authority.display());
    for (options, outcome) in [
        ("host=localhost sslmode=disable", Some(false)),
        ("host=localhost", Some(true)),
        ("host=localhost sslmode=prefer", Some(true)),
        ("host=localhost sslmode=require", Some(true)),
        ("host=localhost sslmode=verify-ca", None),
        ("host=localhost sslmode=verify-full", None),
        (
            &format!("host=localhost sslmode=verify-full {trusted}"),
            Some(true),
        ),
        (
            &format!("host=127.0.0.1 sslmode=verify-full {trusted}"),
            None,
        ),
        (
            &format!("host=127.0.0.1 sslmode=verify-ca {trusted}"),
            Some(true),
        ),
        (
            "host=localhost sslmode=verify-ca sslrootcert=/nowhere.pem",
            None,
        ),
    ] {
        match (server.connect(&format!("user=postgres {options}")), outcome) {
            (Ok(session), Some(encrypted)) => {
                let got = is_encrypted(&session)?;
                assert_eq!(got, encrypted, "{options}");
            }
            (Err(ConnectError::Tls { .. }), None) => {}
            (got, _) => panic!("{options}: {got:?}"),
        }
    }
    Ok(())
}

#[test]
fn a_password_is_asked_for_and_never_shown() -> Fallible<()> {
    let server = TcpServer::start()?;
    let admin = server.cluster.connect("postgres")?;
    admin.batch_execute("create role alice login password 'hunter2'")?;
    server.write(
        "pg_hba.conf",
        "local all all trust\nhost all alice all scram-sha-256\nhost all postgres all trust\n",
    )?;
    server.reload()?;
    until(|| server.connect("host=127.0.0.1 user=alice").is_err());

    server.secure()?;
    for options in ["sslmode=disable", "sslmode=require"] {
        let right = server.connect(&format!(
            "host=127.0.0.1 user=alice password=hunter2 {options}"
        ))?;
        assert_eq!(
            right.query("select current_user::text")?[0].get::<_, &str>(0),
            "alice"
        );
    }
    for (options, reason) in [
        (
            "host=127.0.0.1 user=alice password=hunter3",
            "password authentication failed for user \"alice\"",
        ),
        (
            "host=127.0.0.1 user=alice",
            "it asks for a password, and none is given",
        ),
        (
            "host=127.0.0.1 user=bob password=hunter2 sslmode=disable",
            "no pg_hba.conf entry",
        ),
    ] {
        let error = server.connect(options).expect_err(options);
        assert!(matches!(error, ConnectError::Refused { .. }), "{error:?}");
        assert!(error.to_string().contains(reason), "{error}");
        assert!(
            !format!("{error} {error:?}").contains("hunter"),
            "{error:?}"
        );
    }
    Ok(())
}

#[test]
fn what_is_not_there_is_named() -> Fallible<()> {
    let free = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let error = connect(&format!("postgres://me@127.0.0.1:{free}/d")).expect_err("nobody listens");
    let text = format!(
        "no server answers at 127.0.0.1:{free}: error connecting to server: Connection refused"
    );
    assert!(error.to_string().starts_with(&text), "{error}");
    let error = connect("postgres://me@%2Fno%2Fsuch/d").expect_err("no folder");
    assert!(
        error
            .to_string()
            .starts_with("no server answers at /no/such/.s.PGSQL.5432: "),
        "{error}"
    );
    let database = Database::new();
    let url = database.url().replace(database.name(), "absent");
    let error = connect(&url).expect_err("no database").to_string();
    assert!(error.ends_with("has no database `absent`"), "{error}");
    Ok(())
}

#[test]
fn a_server_that_says_nothing_is_not_waited_for() -> Fallible<()> {
    let silent = TcpListener::bind("127.0.0.1:0")?;
    let started = Instant::now();
    let url = format!("postgres://me@{}/d?connect_timeout=1", silent.local_addr()?);
    let error = connect(&url).expect_err("no answer").to_string();
    assert!(
        error.ends_with("nothing came back within 1 seconds"),
        "{error}"
    );
    assert!(started.elapsed() < Duration::from_secs(5));
    Ok(())
}

/// 40 queries cost one round trip over a line where each takes 100 ms.
#[test]
fn queries_share_a_round_trip() -> Fallible<()> {
    const DELAY: Duration = Duration::from_millis(50);
    let server = TcpServer::start()?;
    let line = slow_line(server.port, DELAY)?;
    let session = connect(&format!(
        "postgres://postgres@127.0.0.1:{line}/postgres?sslmode=disable"
    ))?;
    let mut queries = vec!["begin isolation level repeatable read read only"];
    queries.resize(39, "select relname, relkind, pg_class.oid, conkey, proargtypes from pg_class, pg_constraint, pg_proc limit 2");
    queries.push("commit");
    let started = Instant::now();
    let answers = session.query_all(&queries)?;
    let elapsed = started.elapsed();
    assert_eq!(answers.iter().map(Vec::len).sum::<usize>(), 2 * 38);
    assert!(elapsed > 2 * DELAY && elapsed < 20 * DELAY, "{elapsed:?}");
    assert_eq!(session.round_trips(), 1);
    Ok(())
}

/// The port of a line to the server's that keeps everything back for a while, both ways.
fn slow_line(server: u16, delay: Duration) -> io::Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    thread::spawn(move || -> io::Result<()> {
        for client in listener.incoming() {
            let (client, server) = (client?, TcpStream::connect(("127.0.0.1", server))?);
            let (from, to) = (client.try_clone()?, server.try_clone()?);
            thread::spawn(move || carry(from, to, delay));
            thread::spawn(move || carry(server, client, delay));
        }
        Ok(())
    });
    Ok(port)
}

fn carry(mut from: TcpStream, mut to: TcpStream, delay: Duration) -> io::Result<()> {
    let mut buffer = vec![0; 1 << 20];
    loop {
        let length = from.read(&mut buffer)?;
        if length == 0 {
            return to.shutdown(Shutdown::Write);
        }
        thread::sleep(delay);
        to.write_all(&buffer[..length])?;
    }
}

#[test]
fn a_failure_among_queries_is_the_first_one() -> Fallible<()> {
    let database = Database::new();
    let session = database.connect();
    let error = session
        .query_all(&["begin", "select 1/0", "select 1", "rollback"])
        .expect_err("a division by zero");
    assert_eq!(error.to_string(), "division by zero (22012)");
    assert_eq!(session.query_all(&["select 1", "select 2"])?.len(), 2);
    Ok(())
}

#[test]
fn what_a_socket_needs_is_not_too_long() {
    let longest = Path::new("/x").join("y".repeat(200));
    let url = tablec::database::socket_url(&longest, 5432, "u", "d");
    let error = connect(&url).expect_err("the path is too long").to_string();
    assert!(error.contains("path"), "{error}");
}
