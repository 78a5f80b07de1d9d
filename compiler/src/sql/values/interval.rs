//! Intervals: manual, 8.5.4 "Interval Input".

/// The fields and what each is called, in the singular; PostgreSQL takes the plurals too (`deltatktbl` of
/// `src/backend/utils/adt/datetime.c`).
#[rustfmt::skip]
const UNITS: &[&[&str]] = &[
    &["microsecond", "us", "usec"],
    &["millisecond", "ms", "msec"],
    &["second", "s", "sec"],
    &["minute", "m", "min"],
    &["hour", "h", "hr"],
    &["day", "d"],
    &["week", "w"],
    &["month", "mon"],
    &["year", "y", "yr"],
    &["decade", "dec"],
    &["century", "centurie", "c"],
    &["millennium", "millennia", "mil"],
];
/// The fields that `04:05:06` sets.
const CLOCK: u16 = 0b1_1111;
const SECOND: u16 = 0b100;
/// A second with a fraction sets the smaller ones too.
const SECOND_AND_LESS: u16 = 0b111;
const YEAR_AND_MONTH: u16 = 0b1_1000_0000;

pub(super) fn fits(text: &str) -> Result<(), String> {
    let lower = text.trim().to_ascii_lowercase();
    let good = match lower.strip_prefix('p') {
        Some(iso) => is_iso(iso),
        None => is_verbose(lower.strip_prefix('@').unwrap_or(&lower)),
    };
    if good {
        Ok(())
    } else {
        Err(format!(
            "\"{text}\" is not an interval such as `1 day 02:30:00`"
        ))
    }
}

/// `1y2m3dt4h5m6s`, `1w`, `t30m`.
fn is_iso(text: &str) -> bool {
    let (date, time) = text.split_once('t').unwrap_or((text, ""));
    let fields = |text: &str, letters: &[char]| {
        text.is_empty()
            || (text.ends_with(letters) && text.split_terminator(letters).all(is_number))
    };
    !(date.is_empty() && time.is_empty())
        && text.ends_with(|c: char| c.is_ascii_alphabetic())
        && fields(date, &['y', 'm', 'w', 'd'])
        && fields(time, &['h', 'm', 's'])
}

/// `1 year 2 mons -3 days 04:05:06.7`, `90 minutes`, `1-2`, `5d`, with `ago` at the end; each field once.
fn is_verbose(text: &str) -> bool {
    let mut words: Vec<_> = text.split_whitespace().collect();
    let ago = words.pop_if(|word| *word == "ago").is_some();
    let mut words = words.into_iter().peekable();
    let mut seen = 0;
    while let Some(word) = words.next() {
        let letters = word.find(|c: char| c.is_ascii_alphabetic());
        let (number, unit) = word.split_at(letters.unwrap_or(word.len()));
        let separate = if unit.is_empty() {
            words.next_if(|word| fields(word, "").is_some())
        } else {
            Some(unit)
        };
        let last = words.peek().is_none() && !ago;
        match set_fields(number, separate, last) {
            Some(fields) if seen & fields == 0 => seen |= fields,
            _ => return false,
        }
    }
    seen != 0
}

/// What a number with its unit sets; a number alone, at the end, is a number of seconds.
fn set_fields(number: &str, unit: Option<&str>, last: bool) -> Option<u16> {
    match unit {
        Some(unit) => fields(unit, number).filter(|_| is_number(number)),
        None if is_clock(number) => Some(CLOCK),
        None if is_year_month(number) => Some(YEAR_AND_MONTH),
        None => (last && is_number(number)).then_some(SECOND_AND_LESS),
    }
}

fn fields(unit: &str, number: &str) -> Option<u16> {
    let singular = unit.strip_suffix('s').unwrap_or(unit);
    let known = |names: &&[&str]| names.contains(&unit) || names.contains(&singular);
    let field = 1 << UNITS.iter().position(known)?;
    Some(if field == SECOND && number.contains('.') {
        SECOND_AND_LESS
    } else {
        field
    })
}

/// `-04:05:06.7`
fn is_clock(text: &str) -> bool {
    let parts: Vec<_> = text
        .strip_prefix(['-', '+'])
        .unwrap_or(text)
        .split(':')
        .collect();
    (2..=3).contains(&parts.len())
        && parts.iter().enumerate().all(|(n, part)| {
            if n == 2 {
                is_number(part)
            } else {
                is_digits(part)
            }
        })
        && parts[1..].iter().all(|part| {
            part.split('.')
                .next()
                .is_some_and(|p| p.len() <= 2 && p < "60")
        })
}

/// `1-2`: years and months.
fn is_year_month(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    unsigned.split_once('-').is_some_and(|(years, months)| {
        is_digits(years) && is_digits(months) && months.parse::<u8>().is_ok_and(|m| m < 12)
    })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Signed, with or without a fraction.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    is_digits(whole) && is_digits(fraction)
}
