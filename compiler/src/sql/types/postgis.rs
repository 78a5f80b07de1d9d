//! How `PostGIS` prints the modifiers of `geometry` and `geography`: `postgis_typmod_out` of its `gserialized_typmod.c`.

use super::TypeName;

const SHAPES: &[&str] = &[
    "Geometry",
    "Point",
    "LineString",
    "Polygon",
    "MultiPoint",
    "MultiLineString",
    "MultiPolygon",
    "GeometryCollection",
    "CircularString",
    "CompoundCurve",
    "CurvePolygon",
    "MultiCurve",
    "MultiSurface",
    "PolyhedralSurface",
    "Triangle",
    "Tin",
];

/// The shape in `PostGIS`'s own letters, without what says nothing; a geography always has its reference system.
pub(super) fn tidy(type_name: &mut TypeName) {
    let Some(shape) = type_name.modifiers.first().and_then(|given| shape(given)) else {
        return;
    };
    let default = if type_name.name == "geography" {
        "4326"
    } else {
        "0"
    };
    let srid = type_name
        .modifiers
        .get(1)
        .map_or(default, String::as_str)
        .to_owned();
    type_name.modifiers = match (shape.as_str(), srid.as_str()) {
        ("Geometry", "0") => Vec::new(),
        (_, "0") => vec![shape],
        _ => vec![shape, srid],
    };
}

/// `pointzm` is `PointZM`.
fn shape(given: &str) -> Option<String> {
    let given = given.trim_matches('"').to_ascii_lowercase();
    SHAPES.iter().find_map(|shape| {
        let dimensions = given.strip_prefix(&shape.to_ascii_lowercase())?;
        matches!(dimensions, "" | "z" | "m" | "zm")
            .then(|| format!("{shape}{}", dimensions.to_ascii_uppercase()))
    })
}
