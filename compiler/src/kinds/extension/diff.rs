use super::Extension;
use crate::catalog::Id;
use crate::kinds::Kind;
use crate::plan::{Alteration, Change, Diff, Effect, Hazard, Site, Stage, Use};

impl Diff for Extension {
    const UNSAID: &'static [&'static str] = &["schema", "version"];

    fn drop(&self, at: &Site) -> Vec<Change> {
        vec![Change::new(at.id, "drop").hazards(&[Hazard::BreaksRunningCode])]
    }

    fn alter(&self, new: &Self, at: &Site) -> Alteration {
        let mut changes = Vec::new();
        if goes_back(self, new) {
            return if is_stored(at) {
                Alteration::Refuse(format!(
                    "version {} is older than the one installed, and tables hold what belongs to it; say the installed version",
                    new.version.as_deref().unwrap_or_default()
                ))
            } else {
                Alteration::Replace
            };
        }
        if let Some(version) = new.version.as_ref().filter(|_| new.version != self.version) {
            changes.push(
                Change::new(at.id, "update")
                    .with("version", version)
                    .stage(Stage::Turns),
            );
        }
        if new.schema != self.schema {
            let schema = new.schema.as_ref().unwrap_or(&at.to.default_schema);
            changes.push(
                Change::new(at.id, "set_schema")
                    .with("schema", schema)
                    .effect(Effect::Moves)
                    .stage(Stage::Turns),
            );
        }
        Alteration::Changes(changes)
    }

    fn uses(&self, id: &Id) -> Vec<Use<'_>> {
        let schema = self
            .schema
            .iter()
            .map(|schema| Id::global(Kind::Schema, schema));
        let required = required(&id.name).map(|name| Id::global(Kind::Extension, name));
        schema.chain(required).map(Use::Object).collect()
    }
}

/// Whether the new version is an older one, to which extensions have no update path.
fn goes_back(old: &Extension, new: &Extension) -> bool {
    let numbers = |version: &str| -> Vec<u32> {
        version
            .split('.')
            .map(|part| part.parse().unwrap_or_default())
            .collect()
    };
    match (&old.version, &new.version) {
        (Some(old), Some(new)) => numbers(new) < numbers(old),
        _ => false,
    }
}

/// Whether a table depends on it: a column is of one of its types.
fn is_stored(at: &Site) -> bool {
    at.from.depends.iter().any(|(id, on)| {
        id.kind == Kind::Table && on.iter().any(|dependency| dependency.on == *at.id)
    })
}

/// The extensions that another one needs (`requires` in its control file), as far as they are known here.
fn required(extension: &str) -> impl Iterator<Item = &'static str> {
    let known = REQUIRED.iter().find(|(name, _)| *name == extension);
    known
        .into_iter()
        .flat_map(|(_, required)| required.iter().copied())
}

const REQUIRED: &[(&str, &[&str])] = &[
    ("address_standardizer_data_us", &["address_standardizer"]),
    ("bool_plperl", &["plperl"]),
    ("bool_plperlu", &["plperlu"]),
    ("earthdistance", &["cube"]),
    ("hstore_plperl", &["hstore", "plperl"]),
    ("hstore_plperlu", &["hstore", "plperlu"]),
    ("hstore_plpython3u", &["hstore", "plpython3u"]),
    ("jsonb_plperl", &["plperl"]),
    ("jsonb_plperlu", &["plperlu"]),
    ("jsonb_plpython3u", &["plpython3u"]),
    ("ltree_plpython3u", &["ltree", "plpython3u"]),
    ("pgrouting", &["postgis"]),
    ("plpgsql_check", &["plpgsql"]),
    ("postgis_raster", &["postgis"]),
    ("postgis_sfcgal", &["postgis"]),
    ("postgis_tiger_geocoder", &["postgis", "fuzzystrmatch"]),
    ("postgis_topology", &["postgis"]),
    ("vectorscale", &["vector"]),
];
