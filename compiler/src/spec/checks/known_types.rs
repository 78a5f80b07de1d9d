//! Types that come with extensions of PostgreSQL's own distribution, and a few others that are common.

/// Extensions whose types are all listed here, with those types.
const EXTENSIONS: &[(&str, &[&str])] = &[
    ("citext", &["citext"]),
    ("cube", &["cube"]),
    ("earthdistance", &["earth"]),
    ("hstore", &["hstore", "ghstore"]),
    ("intarray", &["query_int", "intbig_gkey"]),
    (
        "isn",
        &[
            "ean13", "isbn13", "ismn13", "issn13", "isbn", "ismn", "issn", "upc",
        ],
    ),
    ("lo", &["lo"]),
    ("ltree", &["ltree", "lquery", "ltxtquery", "ltree_gist"]),
    ("pg_trgm", &["gtrgm"]),
    (
        "postgis",
        &[
            "geometry",
            "geography",
            "box2d",
            "box3d",
            "box2df",
            "spheroid",
            "gidx",
            "geometry_dump",
            "valid_detail",
        ],
    ),
    (
        "postgis_raster",
        &[
            "raster",
            "rastbandarg",
            "geomval",
            "addbandarg",
            "summarystats",
            "unionarg",
            "agg_count",
            "agg_samealignment",
            "reclassarg",
        ],
    ),
    ("seg", &["seg"]),
    ("vector", &["vector", "halfvec", "sparsevec"]),
];

/// Extensions without types.
const WITHOUT_TYPES: &[&str] = &[
    "adminpack",
    "amcheck",
    "autoinc",
    "bloom",
    "btree_gin",
    "btree_gist",
    "dblink",
    "dict_int",
    "dict_xsyn",
    "fuzzystrmatch",
    "insert_username",
    "intagg",
    "moddatetime",
    "pageinspect",
    "pg_buffercache",
    "pg_cron",
    "pg_freespacemap",
    "pg_prewarm",
    "pg_stat_statements",
    "pg_visibility",
    "pg_walinspect",
    "pgcrypto",
    "pgrowlocks",
    "pgstattuple",
    "pgtap",
    "plperl",
    "plperlu",
    "plpgsql",
    "plpgsql_check",
    "plpython3u",
    "pltcl",
    "pltclu",
    "postgres_fdw",
    "file_fdw",
    "refint",
    "sslinfo",
    "tablefunc",
    "tcn",
    "tsm_system_rows",
    "tsm_system_time",
    "unaccent",
    "uuid-ossp",
    "xml2",
];

/// The extension that brings a type.
pub fn extension_of(data_type: &str) -> Option<&'static str> {
    EXTENSIONS
        .iter()
        .find(|(_, types)| types.contains(&data_type))
        .map(|(extension, _)| *extension)
}

/// Whether all types of an extension are known.
pub fn is_known(extension: &str) -> bool {
    WITHOUT_TYPES.contains(&extension) || EXTENSIONS.iter().any(|(known, _)| *known == extension)
}

/// Whether an extension is known to bring no trigger function.
pub fn has_no_trigger_function(extension: &str) -> bool {
    is_known(extension)
        && ![
            "tcn",
            "lo",
            "moddatetime",
            "autoinc",
            "insert_username",
            "refint",
        ]
        .contains(&extension)
}
