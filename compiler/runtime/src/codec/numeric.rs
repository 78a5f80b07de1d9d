//! `numeric`: digits to the base 10,000, a weight, a sign and a display scale.

use std::fmt::Write as _;

use bytes::{BufMut, BytesMut};

use super::{codec, take};
use crate::BoxError;
use crate::values::Numeric;

const NEGATIVE: u16 = 0x4000;
const NAN: u16 = 0xC000;
const INFINITY: u16 = 0xD000;
const NEGATIVE_INFINITY: u16 = 0xF000;

codec!(Numeric, [NUMERIC], read, write);

fn read(raw: &mut &[u8]) -> Result<Numeric, BoxError> {
    let count = u16::from_be_bytes(take(raw)?);
    let weight = i16::from_be_bytes(take(raw)?);
    let sign = u16::from_be_bytes(take(raw)?);
    let scale = usize::from(u16::from_be_bytes(take(raw)?));
    let digits = (0..count)
        .map(|_| Ok(u16::from_be_bytes(take(raw)?)))
        .collect::<Result<Vec<_>, BoxError>>()?;
    let text = match sign {
        NAN => "NaN".to_owned(),
        INFINITY => "Infinity".to_owned(),
        NEGATIVE_INFINITY => "-Infinity".to_owned(),
        _ => decimal(sign == NEGATIVE, i32::from(weight), &digits, scale),
    };
    Ok(text.parse()?)
}

/// The decimal text of base-10,000 digits of which the first counts 10,000 to the power of `weight`.
fn decimal(negative: bool, weight: i32, digits: &[u16], scale: usize) -> String {
    let group = |power: i32| {
        let index = usize::try_from(weight - power).ok();
        index
            .and_then(|index| digits.get(index))
            .copied()
            .unwrap_or(0)
    };
    let mut whole = String::new();
    for power in (0..=weight.max(0)).rev() {
        let _ = write!(whole, "{:04}", group(power));
    }
    let mut fraction = String::new();
    let mut power = -1;
    while fraction.len() < scale {
        let _ = write!(fraction, "{:04}", group(power));
        power -= 1;
    }
    fraction.truncate(scale);
    let sign = if negative { "-" } else { "" };
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if scale == 0 { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}")
}

fn write(value: &Numeric, out: &mut BytesMut) -> Result<(), BoxError> {
    match value.as_str() {
        "NaN" => header(out, 0, 0, NAN, 0),
        "Infinity" => header(out, 0, 0, INFINITY, 0),
        "-Infinity" => header(out, 0, 0, NEGATIVE_INFINITY, 0),
        text => return write_finite(value, text, out),
    }
    Ok(())
}

fn write_finite(value: &Numeric, text: &str, out: &mut BytesMut) -> Result<(), BoxError> {
    let (sign, whole, fraction) = value.parts();
    let scale = text
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len());
    let padded = format!("{whole:0>width$}", width = whole.len().next_multiple_of(4))
        + &format!(
            "{fraction:0<width$}",
            width = fraction.len().next_multiple_of(4)
        );
    let groups = padded
        .as_bytes()
        .chunks(4)
        .map(|group| Ok(std::str::from_utf8(group)?.parse()?));
    let groups = groups.collect::<Result<Vec<u16>, BoxError>>()?;
    // Zeros at either end are not sent; those at the front lower the weight.
    let first = groups
        .iter()
        .position(|group| *group != 0)
        .unwrap_or(groups.len());
    let last = groups
        .iter()
        .rposition(|group| *group != 0)
        .map_or(first, |last| last + 1);
    let weight = i16::try_from(whole.len().div_ceil(4))? - i16::try_from(first)? - 1;
    let sent = groups.get(first..last).unwrap_or_default();
    let sign = if sign < 0 { NEGATIVE } else { 0 };
    header(
        out,
        u16::try_from(sent.len())?,
        if sent.is_empty() { 0 } else { weight },
        sign,
        u16::try_from(scale)?,
    );
    for group in sent {
        out.put_u16(*group);
    }
    Ok(())
}

fn header(out: &mut BytesMut, count: u16, weight: i16, sign: u16, scale: u16) {
    out.put_u16(count);
    out.put_i16(weight);
    out.put_u16(sign);
    out.put_u16(scale);
}
