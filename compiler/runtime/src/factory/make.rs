use std::net::{IpAddr, Ipv4Addr};

use super::Sample;
use crate::values::{
    Bits, Circle, Hstore, Inet, Interval, Line, MacAddr, MacAddr8, Money, Multirange, Numeric,
    Path, PgLsn, Point, Polygon, Range, Rect, Segment, TimeTz,
};

/// A type of which a factory can make values, another one for each row as far as there are so many.
pub trait Make {
    /// The value of a row's column.
    fn make(sample: &Sample, column: &str) -> Self;

    /// The value of a column that is an array of the type.
    fn make_array(sample: &Sample, column: &str) -> Vec<Self>
    where
        Self: Sized,
    {
        vec![sample.make(column)]
    }
}

macro_rules! make {
    ($($type:ty = |$sample:ident, $column:ident| $value:expr;)*) => {
        $(impl Make for $type {
            fn make($sample: &Sample, $column: &str) -> Self {
                $value
            }
        })*
    };
}

make! {
    bool = |sample, _c| sample.number().is_multiple_of(2);
    i8 = |sample, _c| sample.integer(1, 127);
    i16 = |sample, _c| sample.integer(1, i64::MAX);
    i32 = |sample, _c| sample.integer(1, i64::MAX);
    i64 = |sample, _c| sample.integer(1, i64::MAX);
    u32 = |sample, _c| sample.integer(1, i64::MAX);
    f32 = |sample, _c| f32::from(sample.integer::<i16>(1, i64::MAX)) + 0.5;
    f64 = |sample, _c| f64::from(sample.integer::<i32>(1, i64::MAX)) + 0.5;
    String = |sample, column| sample.text(column, 0, usize::MAX);
    Numeric = |sample, _c| sample.number().into();
    Interval = |sample, _c| Interval { microseconds: sample.integer::<i64>(1, 86_399) * 1_000_000, ..Interval::default() };
    TimeTz = |sample, _c| TimeTz { microseconds: sample.integer::<i64>(1, 86_399) * 1_000_000, offset: 0 };
    Money = |sample, _c| Money(sample.integer(1, i64::MAX));
    Bits = |_s, _c| Bits::default();
    Inet = |sample, _c| Inet::host(IpAddr::V4(Ipv4Addr::from_bits(0x0A00_0000 | (sample.integer::<u32>(1, 0xFF_FFFF)))));
    MacAddr = |sample, _c| {
        let [_, _, rest @ ..] = (sample.number() | 0x0200_0000_0000).to_be_bytes();
        MacAddr(rest)
    };
    MacAddr8 = |sample, _c| MacAddr8((sample.number() | 0x0200_0000_0000_0000).to_be_bytes());
    PgLsn = |sample, _c| PgLsn(sample.number());
    Hstore = |_s, _c| Hstore::default();
    Point = |sample, column| Point { x: sample.make(column), y: 0.0 };
    Line = |sample, column| Line { a: 1.0, b: 1.0, c: sample.make(column) };
    Segment = |sample, column| Segment { start: Point::default(), end: sample.make(column) };
    Rect = |sample, column| Rect { upper_right: sample.make(column), lower_left: Point::default() };
    Circle = |sample, column| Circle { center: sample.make(column), radius: 1.0 };
    Path = |sample, column| Path { closed: false, points: vec![Point::default(), sample.make(column)] };
    Polygon = |sample, column| Polygon { points: vec![Point::default(), sample.make(column)] };
}

/// The bytes of `bytea` are the row's number.
impl Make for u8 {
    fn make(sample: &Sample, _: &str) -> Self {
        let [.., last] = sample.number().to_be_bytes();
        last
    }

    fn make_array(sample: &Sample, _: &str) -> Vec<Self> {
        sample.number().to_be_bytes().into()
    }
}

impl<T: Make> Make for Vec<T> {
    fn make(sample: &Sample, column: &str) -> Self {
        T::make_array(sample, column)
    }
}

impl<T: Make> Make for Option<T> {
    fn make(sample: &Sample, column: &str) -> Self {
        Some(sample.make(column))
    }
}

/// One value and no end: ranges that share a key overlap, and an exclusion constraint would say so.
impl<T: Make> Make for Range<T> {
    fn make(sample: &Sample, column: &str) -> Self {
        let only = std::ops::Bound::Included(sample.make(column));
        Self::Between(only, std::ops::Bound::Included(sample.make(column)))
    }
}

impl<T: Make> Make for Multirange<T> {
    fn make(sample: &Sample, column: &str) -> Self {
        Self(vec![sample.make(column)])
    }
}

#[cfg(feature = "uuid")]
make! {
    uuid::Uuid = |sample, column| uuid::Builder::from_custom_bytes(sample.bits(column).to_be_bytes()).into_uuid();
}

#[cfg(feature = "json")]
make! {
    serde_json::Value = |_s, _c| serde_json::Value::Object(serde_json::Map::new());
}

/// Seconds after the beginning of 2024, a minute for each row.
#[cfg(any(feature = "jiff", feature = "chrono", feature = "time"))]
fn seconds(sample: &Sample) -> i64 {
    1_704_067_200 + sample.integer::<i64>(0, 50_000_000) * 60
}

#[cfg(any(feature = "jiff", feature = "chrono", feature = "time"))]
fn days(sample: &Sample) -> i64 {
    sample.integer(0, 300_000)
}

#[cfg(feature = "jiff")]
mod with_jiff {
    use jiff::civil::{Date, DateTime, Time};
    use jiff::{Span, Timestamp, tz::TimeZone};

    use super::{Make, Sample, days, seconds};

    make! {
        Timestamp = |sample, _c| Timestamp::from_second(seconds(sample)).unwrap_or_default();
        DateTime = |sample, column| TimeZone::UTC.to_datetime(sample.make(column));
        Date = |sample, _c| Date::constant(2024, 1, 1).saturating_add(Span::new().days(days(sample)));
        Time = |sample, column| sample.make::<DateTime>(column).time();
    }
}

#[cfg(feature = "chrono")]
mod with_chrono {
    use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Utc};

    use super::{Make, Sample, days, seconds};

    make! {
        DateTime<Utc> = |sample, _c| DateTime::from_timestamp(seconds(sample), 0).unwrap_or_default();
        NaiveDateTime = |sample, column| sample.make::<DateTime<Utc>>(column).naive_utc();
        NaiveDate = |sample, _c| NaiveDate::default() + Days::new(days(sample).unsigned_abs());
        NaiveTime = |sample, column| sample.make::<NaiveDateTime>(column).time();
    }
}

#[cfg(feature = "time")]
mod with_time {
    use time::{Date, Duration, OffsetDateTime, PrimitiveDateTime, Time};

    use super::{Make, Sample, days, seconds};

    make! {
        OffsetDateTime = |sample, _c| OffsetDateTime::UNIX_EPOCH + Duration::seconds(seconds(sample));
        PrimitiveDateTime = |sample, column| {
            let moment: OffsetDateTime = sample.make(column);
            PrimitiveDateTime::new(moment.date(), moment.time())
        };
        Date = |sample, _c| OffsetDateTime::UNIX_EPOCH.date() + Duration::days(days(sample));
        Time = |sample, column| sample.make::<OffsetDateTime>(column).time();
    }
}
