/// `point`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[allow(missing_docs, reason = "the coordinates")]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

/// `line`: the points where `ax + by + c = 0`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[allow(missing_docs, reason = "the coefficients")]
pub struct Line {
    pub a: f64,
    pub b: f64,
    pub c: f64,
}

/// `lseg`: the line between two points.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[allow(missing_docs, reason = "the ends")]
pub struct Segment {
    pub start: Point,
    pub end: Point,
}

/// `box`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// The corner with the greater coordinates.
    pub upper_right: Point,
    /// The corner with the lesser coordinates.
    pub lower_left: Point,
}

/// `path`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    /// Whether the last point is joined to the first.
    pub closed: bool,
    /// The points, in order.
    pub points: Vec<Point>,
}

/// `polygon`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Polygon {
    /// The corners, in order.
    pub points: Vec<Point>,
}

/// `circle`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[allow(missing_docs, reason = "centre and radius")]
pub struct Circle {
    pub center: Point,
    pub radius: f64,
}
