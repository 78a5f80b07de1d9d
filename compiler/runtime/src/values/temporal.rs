/// `interval`: three counts that PostgreSQL keeps apart, since a month has no fixed number of days and a day
/// no fixed number of hours. Two intervals are equal here when all three are, which is stricter than SQL's `=`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Interval {
    /// Months, years included.
    pub months: i32,
    /// Days, weeks included.
    pub days: i32,
    /// Microseconds, hours included.
    pub microseconds: i64,
}

/// `time with time zone`: a time of day and its offset from UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TimeTz {
    /// Microseconds since midnight.
    pub microseconds: i64,
    /// Seconds east of Greenwich.
    pub offset: i32,
}

/// `money`, in its smallest unit (which one that is depends on the server's `lc_monetary`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(pub i64);
