//! Dates and times in the ISO 8601 form, the only one that means the same whatever `DateStyle` is: manual, 8.5.1.

pub(super) fn fits(type_name: &str, text: &str) -> Result<(), String> {
    let lower = text.trim().to_ascii_lowercase();
    if ["now", "today", "tomorrow", "yesterday", "allballs"].contains(&lower.as_str()) {
        return Err(format!(
            "\"{text}\" would be read once, when the table is made; write `default.sql = \"now()\"` or its like"
        ));
    }
    let special = ["infinity", "-infinity", "epoch"].contains(&lower.as_str());
    match type_name {
        "date" if special || is_date(&lower) => Ok(()),
        "date" => Err(format!("\"{text}\" is not a date such as `2024-12-31`")),
        "time" if is_time(&lower) => Ok(()),
        "time" => Err(format!("\"{text}\" is not a time such as `23:59:59`")),
        "timetz" if split_zone(&lower).is_some_and(|(time, _)| is_time(time)) => Ok(()),
        "timetz" => Err(format!(
            "\"{text}\" is not a time with a zone such as `23:59:59+01:00`"
        )),
        _ if special => Ok(()),
        "timestamp" => timestamp(text, &lower),
        _ => timestamptz(text, &lower),
    }
}

fn timestamp(text: &str, lower: &str) -> Result<(), String> {
    match parts(lower) {
        Some((date, time)) if is_date(date) && is_time(time) => Ok(()),
        Some((date, time))
            if is_date(date) && split_zone(time).is_some_and(|(time, _)| is_time(time)) =>
        {
            Err(format!(
                "\"{text}\" names a zone, which `timestamp` would ignore; the type for it is `timestamptz`"
            ))
        }
        None if is_date(lower) => Ok(()),
        _ => Err(format!(
            "\"{text}\" is not a time such as `2024-12-31 23:59:59`"
        )),
    }
}

fn timestamptz(text: &str, lower: &str) -> Result<(), String> {
    match parts(lower) {
        Some((date, time))
            if is_date(date) && split_zone(time).is_some_and(|(time, _)| is_time(time)) =>
        {
            Ok(())
        }
        Some((date, time)) if is_date(date) && is_time(time) => Err(format!(
            "\"{text}\" names no zone, so it would depend on the session's; write `{text}Z`"
        )),
        None if is_date(lower) => Err(format!(
            "\"{text}\" would depend on the session's time zone; write `{text} 00:00:00Z`"
        )),
        _ => Err(format!(
            "\"{text}\" is not a time such as `2024-12-31 23:59:59Z`"
        )),
    }
}

/// Date and time, with `T` or a space between them.
fn parts(text: &str) -> Option<(&str, &str)> {
    let (date, time) = text.split_once(['t', ' '])?;
    Some((date, time.trim_start()))
}

/// The time and what follows it: `z`, `+01`, `-01:30`, ` utc`, ` europe/zurich`.
fn split_zone(text: &str) -> Option<(&str, &str)> {
    if let Some(at) = text
        .rfind(['+', '-'])
        .filter(|at| *at > 0 && is_offset(&text[at + 1..]))
    {
        return Some((text[..at].trim_end(), &text[at..]));
    }
    let at = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (time, zone) = text.split_at(at);
    let named = zone
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'_' | b'+' | b'-'));
    named.then_some((time.trim_end(), zone))
}

/// `01`, `0130`, `01:30`, `01:30:15`.
fn is_offset(text: &str) -> bool {
    let parts: Vec<_> = text.split(':').collect();
    match parts.as_slice() {
        [digits] if digits.len() == 4 => {
            number(digits).is_some_and(|n| n / 100 <= 15 && n % 100 <= 59)
        }
        [hours] => in_range(hours, 1..=2, 15),
        [hours, rest @ ..] => {
            in_range(hours, 1..=2, 15)
                && rest.len() <= 2
                && rest.iter().all(|part| in_range(part, 2..=2, 59))
        }
        [] => false,
    }
}

/// `2024-02-29`.
fn is_date(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let (Some(year), Some(month), Some(day)) = (
        number(year).filter(|_| year.len() >= 4),
        two(month),
        two(day),
    ) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=5_874_897).contains(&year) && (1..=days).contains(&day)
}

/// `23:59`, `23:59:59.999`, `24:00:00`.
fn is_time(text: &str) -> bool {
    let parts: Vec<_> = text.split(':').collect();
    match parts.as_slice() {
        ["24", "00"] | ["24", "00", "00"] => true,
        [hours, minutes] => in_range(hours, 1..=2, 23) && in_range(minutes, 2..=2, 59),
        [hours, minutes, seconds] => {
            let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
            in_range(hours, 1..=2, 23)
                && in_range(minutes, 2..=2, 59)
                && in_range(whole, 2..=2, 59)
                && fraction.len() <= 6
                && number(fraction).is_some()
        }
        _ => false,
    }
}

fn two(text: &str) -> Option<u32> {
    number(text).filter(|_| text.len() == 2)
}

fn in_range(text: &str, length: std::ops::RangeInclusive<usize>, max: u32) -> bool {
    length.contains(&text.len()) && number(text).is_some_and(|n| n <= max)
}

fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}
