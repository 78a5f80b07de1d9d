use bytes::{BufMut, BytesMut};

use super::{codec, take};
use crate::BoxError;
use crate::values::{Circle, Line, Path, Point, Polygon, Rect, Segment};

codec!(Point, [POINT], read_point, |value, out| {
    write_points(out, &[*value]);
    Ok(())
});

codec!(
    Line,
    [LINE],
    |raw| Ok(Line {
        a: read_float(raw)?,
        b: read_float(raw)?,
        c: read_float(raw)?
    }),
    |value, out| {
        for number in [value.a, value.b, value.c] {
            out.put_f64(number);
        }
        Ok(())
    }
);

codec!(
    Segment,
    [LSEG],
    |raw| Ok(Segment {
        start: read_point(raw)?,
        end: read_point(raw)?
    }),
    |value, out| {
        write_points(out, &[value.start, value.end]);
        Ok(())
    }
);

codec!(
    Rect,
    [BOX],
    |raw| Ok(Rect {
        upper_right: read_point(raw)?,
        lower_left: read_point(raw)?
    }),
    |value, out| {
        write_points(out, &[value.upper_right, value.lower_left]);
        Ok(())
    }
);

codec!(
    Circle,
    [CIRCLE],
    |raw| Ok(Circle {
        center: read_point(raw)?,
        radius: read_float(raw)?
    }),
    |value, out| {
        write_points(out, &[value.center]);
        out.put_f64(value.radius);
        Ok(())
    }
);

codec!(
    Path,
    [PATH],
    |raw| Ok(Path {
        closed: take::<1>(raw)? != [0],
        points: read_points(raw)?
    }),
    |value, out| {
        out.put_u8(u8::from(value.closed));
        out.put_i32(i32::try_from(value.points.len())?);
        write_points(out, &value.points);
        Ok(())
    }
);

codec!(
    Polygon,
    [POLYGON],
    |raw| Ok(Polygon {
        points: read_points(raw)?
    }),
    |value, out| {
        out.put_i32(i32::try_from(value.points.len())?);
        write_points(out, &value.points);
        Ok(())
    }
);

fn read_float(raw: &mut &[u8]) -> Result<f64, BoxError> {
    take(raw).map(f64::from_be_bytes)
}

fn read_point(raw: &mut &[u8]) -> Result<Point, BoxError> {
    Ok(Point {
        x: read_float(raw)?,
        y: read_float(raw)?,
    })
}

fn read_points(raw: &mut &[u8]) -> Result<Vec<Point>, BoxError> {
    let count = i32::from_be_bytes(take(raw)?);
    (0..count).map(|_| read_point(raw)).collect()
}

fn write_points(out: &mut BytesMut, points: &[Point]) {
    for point in points {
        out.put_f64(point.x);
        out.put_f64(point.y);
    }
}
