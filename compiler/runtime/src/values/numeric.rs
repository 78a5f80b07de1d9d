use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// `numeric`, exact: every value that PostgreSQL can hold, with its scale.
///
/// It is kept as decimal text, because no decimal crate holds 131,072 digits, `NaN` and the infinities. Compared
/// by value, as PostgreSQL does: `1.0` equals `1.00`, and `NaN` equals itself and is greater than all others.
#[derive(Clone, Debug)]
pub struct Numeric(String);

/// A text that is no `numeric`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a decimal number")]
pub struct ParseNumericError(String);

impl Numeric {
    /// The decimal text, e.g. `-12.50`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest floating-point number.
    pub fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// Sign (-1, 0, 1) and the digits before and after the point, without zeros that do not count.
    pub(crate) fn parts(&self) -> (i8, &str, &str) {
        let digits = self.0.trim_start_matches('-');
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let (whole, fraction) = (
            whole.trim_start_matches('0'),
            fraction.trim_end_matches('0'),
        );
        let sign = match (
            whole.is_empty() && fraction.is_empty(),
            self.0.starts_with('-'),
        ) {
            (true, _) => 0,
            (false, negative) => 1 - 2 * i8::from(negative),
        };
        (sign, whole, fraction)
    }

    /// The order of the values that are no numbers: below all, among, above, highest.
    fn class(&self) -> u8 {
        match self.0.as_str() {
            "-Infinity" => 0,
            "Infinity" => 2,
            "NaN" => 3,
            _ => 1,
        }
    }
}

impl FromStr for Numeric {
    type Err = ParseNumericError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let numbers =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let special = ["NaN", "Infinity", "-Infinity"].contains(&text);
        if special || (numbers(whole) && numbers(fraction)) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ParseNumericError(text.to_owned()))
        }
    }
}

impl fmt::Display for Numeric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! from_integers {
    ($($integer:ty),*) => {
        $(impl From<$integer> for Numeric {
            fn from(value: $integer) -> Self {
                Self(value.to_string())
            }
        })*
    };
}
from_integers!(i8, i16, i32, i64, i128, u8, u16, u32, u64, u128);

impl Ord for Numeric {
    fn cmp(&self, other: &Self) -> Ordering {
        let class = self.class().cmp(&other.class());
        if class != Ordering::Equal || self.class() != 1 {
            return class;
        }
        let (a, b) = (self.parts(), other.parts());
        let size = (a.1.len(), a.1, a.2).cmp(&(b.1.len(), b.1, b.2));
        a.0.cmp(&b.0)
            .then(if a.0 < 0 { size.reverse() } else { size })
    }
}

impl PartialOrd for Numeric {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Numeric {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Numeric {}

impl Hash for Numeric {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.class(), self.parts()).hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_by_value() {
        let sorted = [
            "-Infinity",
            "-10",
            "-9.5",
            "-0.1",
            "0",
            "0.01",
            "1.5",
            "10",
            "Infinity",
            "NaN",
        ];
        let numbers: Vec<Numeric> = sorted.iter().map(|text| text.parse().unwrap()).collect();
        assert!(numbers.is_sorted());
        assert_eq!("1.0".parse::<Numeric>(), "01.000".parse());
        assert_eq!("-0".parse::<Numeric>(), "0.00".parse());
    }

    #[test]
    fn text_that_is_no_number_is_refused() {
        for text in ["", "-", ".", "1.", ".5", "1e3", "--1", "+1", "1.2.3", "٣"] {
            assert!(text.parse::<Numeric>().is_err(), "{text}");
        }
    }
}
