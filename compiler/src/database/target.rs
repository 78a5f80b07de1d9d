use std::net::Ipv6Addr;
use std::path::Path;
use std::time::Duration;
use std::{env, fmt};

use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Config, Error};

use super::connection_string::Extra;
use super::error::chain;
use super::{APPLICATION_NAME, ConnectError, password_file};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Where packages put the server's socket: Debian and Red Hat, then PostgreSQL's own default.
const SOCKET_FOLDERS: [&str; 2] = ["/var/run/postgresql", "/tmp"];

/// How much of the server's certificate is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// Nothing: `sslmode` prefer and require.
    Anybody,
    /// Who signed it: `verify-ca`.
    Authority,
    /// That, and the host's name in it: `verify-full`.
    Host,
}

/// Where to connect, complete with the defaults.
#[derive(Debug)]
pub(super) struct Target {
    config: Config,
    trust: Trust,
    root_certificate: Option<String>,
}

impl Target {
    /// Reads a URL or `key=value` string and adds the defaults of the environment.
    pub fn parse(text: &str) -> Result<Self, ConnectError> {
        let (text, mut extra) = Extra::take_from(text.trim())?;
        let config = text
            .parse()
            .map_err(|error: Error| ConnectError::Invalid(chain(&error)))?;
        extra.mode = extra.mode.or_else(|| variable("PGSSLMODE"));
        extra.root_certificate = extra.root_certificate.or_else(|| variable("PGSSLROOTCERT"));
        let mut target = Self {
            config,
            trust: Trust::Anybody,
            root_certificate: extra.root_certificate,
        };
        target.check_hosts()?;
        target.add_defaults();
        target.set_mode(extra.mode.as_deref())?;
        Ok(target)
    }

    pub fn config(&self) -> &Config {
        &self.config
    }

    /// How long connecting may take in all; the driver itself counts each address, and not the time after the
    /// server has picked up.
    pub fn timeout(&self) -> Duration {
        let each = self
            .config
            .get_connect_timeout()
            .copied()
            .unwrap_or(CONNECT_TIMEOUT);
        let hosts = self
            .config
            .get_hosts()
            .len()
            .max(self.config.get_hostaddrs().len());
        each.saturating_mul(u32::try_from(hosts).unwrap_or(u32::MAX))
    }

    pub fn trust(&self) -> Trust {
        self.trust
    }

    pub fn root_certificate(&self) -> Option<&str> {
        self.root_certificate.as_deref()
    }

    /// What the driver's error means to the user.
    pub fn explain(&self, error: &Error) -> ConnectError {
        let reason = || {
            error
                .as_db_error()
                .map_or_else(|| chain(error), |error| error.message().to_owned())
        };
        match error.code() {
            Some(&SqlState::INVALID_CATALOG_NAME) => ConnectError::NoDatabase {
                address: self.address(),
                database: self.database().to_owned(),
            },
            Some(&SqlState::INVALID_PASSWORD | &SqlState::INVALID_AUTHORIZATION_SPECIFICATION) => {
                self.refused(reason())
            }
            Some(_) => ConnectError::Rejected {
                address: self.address(),
                reason: reason(),
            },
            None => self.explain_own(error),
        }
    }

    pub fn unreachable(&self, error: &dyn std::error::Error) -> ConnectError {
        ConnectError::Unreachable {
            address: self.address(),
            reason: chain(error),
        }
    }

    pub fn silent(&self) -> ConnectError {
        ConnectError::Unreachable {
            address: self.address(),
            reason: format!(
                "nothing came back within {} seconds",
                self.timeout().as_secs()
            ),
        }
    }

    pub fn tls(&self, reason: &dyn fmt::Display) -> ConnectError {
        ConnectError::Tls {
            address: self.address(),
            reason: reason.to_string(),
        }
    }

    pub fn too_old(&self, version: String) -> ConnectError {
        ConnectError::TooOld {
            address: self.address(),
            version,
        }
    }

    /// An error that the driver made itself; it tells its kind by its text only.
    fn explain_own(&self, error: &Error) -> ConnectError {
        let text = chain(error);
        if text.contains("TLS") {
            return self.tls(&text);
        }
        if text.contains("password missing") {
            return self.refused("it asks for a password, and none is given".to_owned());
        }
        if error.to_string().contains("configuration") {
            return ConnectError::Invalid(text);
        }
        self.unreachable(error)
    }

    fn refused(&self, reason: String) -> ConnectError {
        ConnectError::Refused {
            address: self.address(),
            user: self.user().to_owned(),
            reason,
        }
    }

    fn user(&self) -> &str {
        self.config.get_user().unwrap_or_default()
    }

    fn database(&self) -> &str {
        self.config.get_dbname().unwrap_or_else(|| self.user())
    }

    /// Host and port as the user knows them; more than one where the URL has more.
    fn address(&self) -> String {
        let ports = self.config.get_ports();
        let address = |(index, host): (usize, &Host)| {
            let port = ports.get(index).or(ports.first()).copied().unwrap_or(5432);
            match host {
                Host::Tcp(host) if host.contains(':') => format!("[{host}]:{port}"),
                Host::Tcp(host) => format!("{host}:{port}"),
                Host::Unix(folder) => folder
                    .join(format!(".s.PGSQL.{port}"))
                    .display()
                    .to_string(),
            }
        };
        let hosts: Vec<_> = self
            .config
            .get_hosts()
            .iter()
            .enumerate()
            .map(address)
            .collect();
        if hosts.is_empty() {
            let addresses = self.config.get_hostaddrs().iter().map(ToString::to_string);
            return addresses.collect::<Vec<_>>().join(", ");
        }
        hosts.join(", ")
    }

    /// A password with a bare `@` ends up in the host: say so, and say no more.
    fn check_hosts(&self) -> Result<(), ConnectError> {
        let malformed = |host: &str| host.is_empty() || host.contains(['@', ':', ' ']);
        let wrong = |host: &Host| matches!(host, Host::Tcp(host) if malformed(host) && host.parse::<Ipv6Addr>().is_err());
        if self.config.get_hosts().iter().any(wrong) && self.config.get_hostaddrs().is_empty() {
            return Err(ConnectError::Invalid(
                "the host is empty or malformed; in a user name or password write `@` as %40, `:` as %3A, `/` as %2F".to_owned(),
            ));
        }
        Ok(())
    }

    fn add_defaults(&mut self) {
        let config = &mut self.config;
        config.application_name(APPLICATION_NAME);
        if config.get_ports().is_empty()
            && let Some(port) = variable("PGPORT").and_then(|port| port.parse().ok())
        {
            config.port(port);
        }
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            config.host(default_host(config.get_ports().first().copied()));
        }
        if config.get_user().is_none() {
            config.user(
                variable("PGUSER")
                    .or_else(|| whoami::username().ok())
                    .unwrap_or_default(),
            );
        }
        if config.get_dbname().is_none()
            && let Some(database) = variable("PGDATABASE")
        {
            config.dbname(database);
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_TIMEOUT);
        }
        self.add_password();
    }

    fn add_password(&mut self) {
        if self.config.get_password().is_some() {
            return;
        }
        let password = variable("PGPASSWORD").or_else(|| {
            let port = self.config.get_ports().first().copied().unwrap_or(5432);
            let host = match self.config.get_hosts().first() {
                Some(Host::Tcp(host)) => host,
                _ => "localhost",
            };
            password_file::find(host, port, self.database(), self.user())
        });
        if let Some(password) = password {
            self.config.password(password);
        }
    }

    fn set_mode(&mut self, mode: Option<&str>) -> Result<(), ConnectError> {
        let (mode, trust) = match mode {
            None | Some("prefer" | "allow") => (SslMode::Prefer, Trust::Anybody),
            Some("disable") => (SslMode::Disable, Trust::Anybody),
            // A root certificate makes `require` look at it: the manual's word on compatibility.
            Some("require") if self.root_certificate.is_none() => {
                (SslMode::Require, Trust::Anybody)
            }
            Some("require" | "verify-ca") => (SslMode::Require, Trust::Authority),
            Some("verify-full") => (SslMode::Require, Trust::Host),
            Some(other) => return Err(self.tls(&format!("there is no `sslmode={other}`"))),
        };
        let local = |host: &Host| matches!(host, Host::Unix(_));
        let sockets_only =
            self.config.get_hostaddrs().is_empty() && self.config.get_hosts().iter().all(local);
        // libpq ignores the mode for Unix sockets: there is no TLS over them.
        self.config
            .ssl_mode(if sockets_only { SslMode::Disable } else { mode });
        self.trust = trust;
        Ok(())
    }
}

/// `PGHOST`, or the socket folder that has this port's socket, or this machine over TCP.
fn default_host(port: Option<u16>) -> String {
    let socket = format!(".s.PGSQL.{}", port.unwrap_or(5432));
    let local = || {
        SOCKET_FOLDERS
            .iter()
            .find(|folder| Path::new(folder).join(&socket).exists())
    };
    variable("PGHOST").unwrap_or_else(|| {
        local().map_or_else(|| "localhost".to_owned(), |&folder| folder.to_owned())
    })
}

/// A variable of the environment; empty is not there, as in libpq.
pub(super) fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::socket_url;

    fn target(text: &str) -> Target {
        Target::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn reads_a_socket_url_of_its_own_making() {
        let url = socket_url(Path::new("/tmp/a b"), 5432, "postgres", "na\u{ef}ve/db?");
        let target = target(&url);
        assert_eq!(target.config.get_hosts(), [Host::Unix("/tmp/a b".into())]);
        assert_eq!(
            (target.user(), target.database()),
            ("postgres", "na\u{ef}ve/db?")
        );
        assert_eq!(target.config.get_ssl_mode(), SslMode::Disable);
        assert_eq!(target.config.get_application_name(), Some("tablec"));
    }

    #[test]
    fn reads_keys_and_values() {
        let target = target(
            r"host=db user='o\'neil' dbname = x password='a b' sslmode=verify-full sslrootcert=/ca.pem",
        );
        assert_eq!(target.config.get_hosts(), [Host::Tcp("db".to_owned())]);
        assert_eq!((target.user(), target.database()), ("o'neil", "x"));
        assert_eq!(target.config.get_password(), Some(&b"a b"[..]));
        assert_eq!(
            (target.trust, target.root_certificate.as_deref()),
            (Trust::Host, Some("/ca.pem"))
        );
        assert_eq!(target.config.get_ssl_mode(), SslMode::Require);
    }

    #[test]
    fn takes_the_certificate_options_out_of_a_url() {
        let target = target(
            "postgres://u:p%40@h/d?sslmode=verify-ca&connect_timeout=3&sslrootcert=%2Fca.pem",
        );
        assert_eq!(
            (target.trust, target.root_certificate.as_deref()),
            (Trust::Authority, Some("/ca.pem"))
        );
        assert_eq!(
            target.config.get_connect_timeout(),
            Some(&Duration::from_secs(3))
        );
        assert_eq!(target.config.get_password(), Some(&b"p@"[..]));
    }

    #[test]
    fn parameters_of_a_url_stand_in_place_of_its_host_and_port() {
        let address = |text| target(text).address();
        assert_eq!(
            address("postgres://u@%2Ftmp%2Fpg/d?port=5433"),
            address("postgres://u@%2Ftmp%2Fpg:5433/d")
        );
        assert_eq!(address("postgres://u@a:1/d?host=b"), "b:1");
        assert_eq!(address("postgres://u@[::1]/d?port=2"), "[::1]:2");
        assert_eq!(address("postgres://u@a,b:3/d?port=1,2"), "a:1, b:2");
        assert_eq!(address("postgres:///d?host=a&port=4"), "a:4");
        assert_eq!(address("postgres://u@a?port=5&dbname=d"), "a:5");
    }

    #[test]
    fn never_prints_the_password() {
        for text in [
            "postgres://u:se@cret@h/d",
            "postgres://u:secret@h/d?nonsense=1",
            "postgres://u:secret@h:port/d",
            "postgres://u:secret@h/d?sslmode=strong",
            "password=secret",
            "host=h password='secret",
            "secret",
            "",
        ] {
            if let Err(error) = Target::parse(text) {
                assert!(!format!("{error} {error:?}").contains("cret"), "{error:?}");
            }
            assert!(
                text == "password=secret" || Target::parse(text).is_err(),
                "{text}"
            );
        }
        assert!(!format!("{:?}", target("postgres://u:secret@h/d")).contains("secret"));
    }

    #[test]
    fn names_every_address() {
        assert_eq!(target("postgres://a:1,b:2/d").address(), "a:1, b:2");
        assert_eq!(
            target("host=/run/pg port=6000 user=u").address(),
            "/run/pg/.s.PGSQL.6000"
        );
    }
}
