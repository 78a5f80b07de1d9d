use std::fmt;
use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::ConnectError;

/// What a URL's parts may hold as they are.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// The URL of a database behind a Unix socket, which psql, libpq and tokio-postgres all take.
pub fn socket_url(folder: &Path, port: u16, user: &str, database: &str) -> String {
    let encode = |text| utf8_percent_encode(text, ENCODED).to_string();
    let folder = folder.to_string_lossy();
    format!(
        "postgres://{}@{}:{port}/{}",
        encode(user),
        encode(&folder),
        encode(database)
    )
}

/// The same server and user, another database.
pub fn with_database(target: &str, database: &str) -> String {
    let target = target.trim();
    if !target.contains("://") {
        let value = database.replace('\\', "\\\\").replace('\'', "\\'");
        return format!("{target} dbname='{value}'");
    }
    let separator = if target.contains('?') { '&' } else { '?' };
    let database = utf8_percent_encode(database, ENCODED);
    format!("{target}{separator}dbname={database}")
}

/// What the driver's own parser does not know of a connection string.
#[derive(Debug, Default)]
pub(super) struct Extra {
    pub mode: Option<String>,
    pub root_certificate: Option<String>,
}

impl Extra {
    /// Splits the text into what the driver reads and the rest.
    pub fn take_from(text: &str) -> Result<(String, Self), ConnectError> {
        let mut extra = Self::default();
        let url = text.starts_with("postgres://") || text.starts_with("postgresql://");
        if url {
            let rest = extra.take_from_url(text);
            return Ok((rest, extra));
        }
        let Some(pairs) = pairs(text).filter(|pairs| !pairs.is_empty()) else {
            return Err(ConnectError::Invalid(
                "it is neither a postgres:// URL nor `key=value` pairs".to_owned(),
            ));
        };
        let rest: Vec<_> = pairs
            .into_iter()
            .filter(|(key, value)| !extra.takes(key, value))
            .collect();
        let quoted = rest.iter().map(|(key, value)| {
            format!(
                "{key}='{}'",
                value.replace('\\', r"\\").replace('\'', r"\'")
            )
        });
        Ok((quoted.collect::<Vec<_>>().join(" "), extra))
    }

    fn take_from_url(&mut self, url: &str) -> String {
        let authority = url.find('@').unwrap_or(0);
        let Some(query) = url.get(authority..).and_then(|rest| rest.find('?')) else {
            return url.to_owned();
        };
        let (head, query) = url.split_at(authority + query);
        let decode = |text| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let mut server = Server::of(head);
        let kept = query
            .trim_start_matches('?')
            .split('&')
            .filter(|parameter| {
                let (key, value) = parameter.split_once('=').unwrap_or((parameter, ""));
                let (key, value) = (decode(key), decode(value));
                let server = server.as_mut().is_some_and(|it| it.takes(&key, &value));
                !parameter.is_empty() && !server && !self.takes(&key, &value)
            });
        let kept = kept.collect::<Vec<_>>().join("&");
        let head = server.map_or_else(|| head.to_owned(), |server| server.to_string());
        if kept.is_empty() {
            head
        } else {
            format!("{head}?{kept}")
        }
    }

    fn takes(&mut self, key: &str, value: &str) -> bool {
        let place = match key {
            "sslmode" => &mut self.mode,
            "sslrootcert" => &mut self.root_certificate,
            _ => return false,
        };
        *place = Some(value.to_owned());
        true
    }
}

/// The hosts of a URL: to libpq, `host` and `port` among the parameters stand in their place, to the driver beside them.
struct Server<'a> {
    before: &'a str,
    hosts: Vec<String>,
    ports: Vec<String>,
    after: &'a str,
}

impl<'a> Server<'a> {
    /// Of a URL without parameters; none where it names no host.
    fn of(url: &'a str) -> Option<Self> {
        let start = url.find("://")? + "://".len();
        let start = url.find('@').map_or(start, |at| at + 1);
        let (before, rest) = url.split_at(start);
        let (hosts, after) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let pairs = hosts.split(',').map(|host| match host.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host.to_owned(), port.to_owned()),
            _ => (host.to_owned(), String::new()),
        });
        let (hosts, ports) = pairs.unzip();
        let server = Self {
            before,
            hosts,
            ports,
            after,
        };
        (!rest.starts_with('/') && !rest.is_empty()).then_some(server)
    }

    fn takes(&mut self, key: &str, value: &str) -> bool {
        let values = value.split(',');
        match key {
            "host" => {
                let encoded = values.map(|host| utf8_percent_encode(host, ENCODED).to_string());
                self.hosts = encoded.collect();
            }
            "port" => self.ports = values.map(str::to_owned).collect(),
            _ => return false,
        }
        true
    }
}

impl fmt::Display for Server<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ports = self.ports.iter().cycle();
        let pairs = self
            .hosts
            .iter()
            .zip(ports)
            .map(|(host, port)| match port.as_str() {
                "" => host.clone(),
                port => format!("{host}:{port}"),
            });
        let pairs = pairs.collect::<Vec<_>>().join(",");
        write!(f, "{}{pairs}{}", self.before, self.after)
    }
}

/// libpq's `key = value` pairs: values may be in single quotes, and a backslash takes the next character as it is.
fn pairs(text: &str) -> Option<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (key, after) = rest.split_once('=')?;
        let key = key.trim_end();
        if key.is_empty() || key.contains(char::is_whitespace) {
            return None;
        }
        let (value, after) = value(after.trim_start())?;
        pairs.push((key.to_owned(), value));
        rest = after.trim_start();
    }
    Some(pairs)
}

fn value(text: &str) -> Option<(String, &str)> {
    let quoted = text.starts_with('\'');
    let mut value = String::new();
    let mut characters = text.char_indices().skip(usize::from(quoted));
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => value.push(characters.next()?.1),
            '\'' if quoted => return Some((value, text.get(at + 1..)?)),
            _ if !quoted && character.is_whitespace() => return Some((value, text.get(at..)?)),
            _ => value.push(character),
        }
    }
    (!quoted).then_some((value, ""))
}
