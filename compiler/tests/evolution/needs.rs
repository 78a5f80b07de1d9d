use std::fmt;

use tablec::cluster::Cluster;
use tablec_testing::Database;

/// The version whose plans are the snapshots, and on which no case is left out.
pub const USUAL: u32 = 15;

/// What a case needs of its server: a line of its file `needs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// `postgresql 18`: that version or a newer one.
    Version(u32),
    /// `icu`: the server was built with it.
    Icu,
    /// `extension citext`: it can be created.
    Extension(String),
}

/// What a server offers.
pub struct Offer {
    major: u32,
    icu: bool,
    extensions: Vec<String>,
}

impl Need {
    /// The lines of a file `needs`.
    pub fn read(text: &str) -> Vec<Self> {
        text.lines().map(Self::line).collect()
    }

    fn line(line: &str) -> Self {
        match line.split_once(' ') {
            Some(("postgresql", version)) => Self::Version(version.parse().unwrap()),
            Some(("extension", name)) => Self::Extension(name.to_owned()),
            None if line == "icu" => Self::Icu,
            _ => panic!("`{line}` is nothing that a case can need"),
        }
    }
}

impl Offer {
    pub fn of(cluster: &'static Cluster) -> Self {
        let database = Database::on(cluster);
        let session = database.connect();
        let texts = |query: &str| -> Vec<String> {
            let rows = session.query(query).unwrap();
            rows.iter().map(|row| row.get(0)).collect()
        };
        Self {
            major: cluster.major(),
            icu: !texts("select collname::text from pg_collation where collname = 'de-x-icu'")
                .is_empty(),
            extensions: texts("select name::text from pg_available_extensions"),
        }
    }

    /// Whether the server has it. The usual one lacks nothing but newer versions.
    pub fn has(&self, need: &Need) -> bool {
        let has = match need {
            Need::Version(version) => return self.major >= *version,
            Need::Icu => self.icu,
            Need::Extension(name) => self.extensions.contains(name),
        };
        assert!(has || self.major != USUAL, "the usual server lacks {need}");
        has
    }
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(version) => write!(f, "PostgreSQL {version}"),
            Self::Icu => f.write_str("ICU"),
            Self::Extension(name) => write!(f, "the extension {name}"),
        }
    }
}
