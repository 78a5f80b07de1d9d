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

#[cfg(test)]
mod tests {
    use crate::sql::TypeName;

    /// As `format_type` of a server with `PostGIS` 3.3 printed them.
    #[test]
    fn modifiers_are_printed_as_by_the_extension() {
        for (written, printed) in [
            ("geometry", "geometry"),
            ("geometry(POINTZ,4326)", "geometry(PointZ,4326)"),
            ("geometry(PointZM)", "geometry(PointZM)"),
            ("geometry(Geometry)", "geometry"),
            ("geometry(Geometry,4326)", "geometry(Geometry,4326)"),
            ("geometry(GeometryZ)", "geometry(GeometryZ)"),
            ("geometry(multipolygon,0)", "geometry(MultiPolygon)"),
            ("geometry(TINZ,4326)", "geometry(TinZ,4326)"),
            ("geography", "geography"),
            ("geography(Point)", "geography(Point,4326)"),
            ("geography(Geometry)", "geography(Geometry,4326)"),
            ("geography(pointz,4267)[]", "geography(PointZ,4267)[]"),
        ] {
            let type_name = TypeName::parse(written).map(|t| t.to_string());
            assert_eq!(type_name.as_deref(), Ok(printed));
        }
    }
}
