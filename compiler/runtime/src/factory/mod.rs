//! Values and shared parents for the factories of tests.
//!
//! A value follows from the world's seed, the table, the column and the number of the row, so that a run can be
//! repeated and a unique key is unique by construction.

mod make;

use std::any::{Any, TypeId};
use std::collections::HashMap;

pub use make::Make;

/// What the factories of one test share: the seed, how many rows of each table there are, and the parents.
///
/// Two worlds with different seeds can fill the same database.
#[derive(Debug, Default)]
pub struct World {
    seed: u64,
    counts: HashMap<&'static str, u64>,
    parents: HashMap<TypeId, Box<dyn Any + Send>>,
}

/// The values of one row.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    seed: u64,
    table: &'static str,
    n: u64,
}

/// Changes to what a factory builds, in order.
pub type Changes<'w, T> = Vec<Box<dyn Fn(&mut T) + Send + Sync + 'w>>;

/// Whether a value is the one wanted, or none in particular is.
pub fn is_or_any<T: PartialEq>(wanted: Option<&T>, value: &T) -> bool {
    wanted.is_none_or(|wanted| wanted == value)
}

impl World {
    /// A world of its own.
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            ..Self::default()
        }
    }

    /// The values of the table's next row.
    pub fn sample(&mut self, table: &'static str) -> Sample {
        let count = self.counts.entry(table).or_default();
        *count += 1;
        Sample {
            seed: self.seed,
            table,
            n: *count,
        }
    }

    /// The row that children share as their parent, once there is one.
    pub fn shared<R: Any + Clone>(&self) -> Option<R> {
        self.parents
            .get(&TypeId::of::<R>())?
            .downcast_ref()
            .cloned()
    }

    /// Makes a row the shared parent, unless there is one.
    pub fn share<R: Any + Clone + Send>(&mut self, row: &R) {
        self.parents
            .entry(TypeId::of::<R>())
            .or_insert_with(|| Box::new(row.clone()));
    }
}

impl Sample {
    /// The row's number: 1, 2, 3 … with seed 0; numbers of its own for any other seed.
    pub fn number(&self) -> u64 {
        if self.seed == 0 {
            self.n
        } else {
            hash(self.seed, "", "") % 100_000 * 10_000 + self.n
        }
    }

    /// A value of any type that can be made.
    pub fn make<T: Make>(&self, column: &str) -> T {
        T::make(self, column)
    }

    /// A foreign key: the one that is known, or else one that points nowhere.
    pub fn link<T: Make>(&self, known: Option<T>, column: &str) -> T {
        known.unwrap_or_else(|| T::make(self, column))
    }

    /// A text of `least` to `most` characters with the row's number in it.
    pub fn text(&self, column: &str, least: usize, most: usize) -> String {
        let number = self.number().to_string();
        let word: String = column
            .chars()
            .take(most.saturating_sub(number.len() + 1))
            .collect();
        let mut text = if word.is_empty() {
            short(self.number(), most)
        } else {
            format!("{word} {number}")
        };
        while text.chars().count() < least {
            text.push('x');
        }
        text
    }

    /// A text of a given form: `{n}` becomes the row's number, `{hex}` its six last hexadecimal digits.
    pub fn pattern(&self, form: &str) -> String {
        let hex = format!("{:06x}", self.number() & 0xFF_FFFF);
        form.replace("{n}", &self.number().to_string())
            .replace("{hex}", &hex)
    }

    /// One of some values, in turn.
    ///
    /// # Panics
    /// When there is none to choose.
    pub fn one_of<T: Copy>(&self, values: &[T]) -> T {
        let turn = (self.number() - 1) % values.len() as u64;
        values[usize::try_from(turn).unwrap_or_default()]
    }

    /// One of some texts, in turn.
    ///
    /// # Panics
    /// When there is none to choose.
    pub fn text_of(&self, texts: &[&str]) -> String {
        self.one_of(texts).to_owned()
    }

    /// A number between two others; all of them come before one comes again.
    pub fn integer<T: TryFrom<i64> + Bounded>(&self, least: i64, most: i64) -> T {
        let most = most.min(T::MOST).max(least);
        let span = most.abs_diff(least).saturating_add(1);
        let value = least.saturating_add_unsigned((self.number() - 1) % span);
        T::try_from(value).unwrap_or(T::FIRST)
    }

    /// A decimal number with at most so many digits before and after the point.
    pub fn numeric(&self, whole: u32, scale: u32) -> crate::values::Numeric {
        let number = if whole == 0 {
            0
        } else {
            self.number() % 10_u64.saturating_pow(whole)
        };
        let fraction = if scale == 0 {
            String::new()
        } else {
            format!(".{:0>width$}", 0, width = scale as usize)
        };
        format!("{number}{fraction}")
            .parse()
            .unwrap_or_else(|_| number.into())
    }

    /// A value that a text stands for.
    ///
    /// # Panics
    /// When the text, an `example` in the spec, is none of the column's type.
    pub fn parse<T: std::str::FromStr>(&self, text: &str) -> T {
        let Ok(value) = text.parse() else {
            panic!(
                "the example {text:?} of {} is not of its column's type",
                self.table
            )
        };
        value
    }

    /// A number for a column that follows from the seed, with the row's number in its lower half.
    pub fn bits(&self, column: &str) -> u128 {
        u128::from(hash(self.seed, self.table, column)) << 64 | u128::from(self.n)
    }
}

/// Integers, for [`Sample::integer`].
pub trait Bounded {
    /// The greatest value, as far as `i64` goes.
    const MOST: i64;
    /// Where no value fits.
    const FIRST: Self;
}

macro_rules! bounded {
    ($($integer:ty: $most:expr),*) => {
        $(impl Bounded for $integer {
            const MOST: i64 = $most;
            const FIRST: Self = 1;
        })*
    };
}
bounded!(i8: 127, i16: 32_767, i32: 2_147_483_647, i64: i64::MAX, u32: 4_294_967_295);

/// The number to the base 36, its last digits if there is no room for all.
fn short(mut number: u64, most: usize) -> String {
    let mut digits = Vec::new();
    while digits.is_empty() || (number > 0 && digits.len() < most) {
        digits.extend(char::from_digit(
            u32::try_from(number % 36).unwrap_or(0),
            36,
        ));
        number /= 36;
    }
    digits.into_iter().rev().take(most).collect()
}

/// FNV-1a: the same everywhere and for ever, which the standard library's hashes do not promise.
fn hash(seed: u64, table: &str, column: &str) -> u64 {
    let bytes = seed
        .to_le_bytes()
        .into_iter()
        .chain(table.bytes())
        .chain([0])
        .chain(column.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_repeatable_and_differ_by_row() {
        let rows = |seed| {
            let mut world = World::new(seed);
            [(); 3].map(|()| world.sample("t").text("title", 0, 20))
        };
        assert_eq!(rows(0), ["title 1", "title 2", "title 3"]);
        assert_eq!(rows(7), rows(7));
        assert_ne!(rows(7), rows(8));
    }

    #[test]
    fn values_keep_to_their_bounds() {
        let mut world = World::new(0);
        let samples: Vec<_> = (0..100).map(|_| world.sample("t")).collect();
        assert!(
            samples
                .iter()
                .all(|n| (3..=5).contains(&n.integer::<i16>(3, 5)))
        );
        assert!(
            samples
                .iter()
                .all(|n| n.text("long name", 5, 8).chars().count() <= 8)
        );
        assert!(
            samples
                .iter()
                .all(|n| n.text("c", 5, 8).chars().count() >= 5)
        );
        let two: std::collections::BTreeSet<_> =
            samples.iter().map(|n| n.text("c", 0, 2)).collect();
        assert_eq!(two.len(), 100);
    }

    #[test]
    fn values_take_turns() {
        let mut world = World::new(7);
        let turns: Vec<_> = (0..3)
            .map(|_| world.sample("t").one_of(&[1, 2, 3]))
            .collect();
        let all: std::collections::BTreeSet<_> = turns.iter().collect();
        assert_eq!(all.len(), 3);
    }
}
