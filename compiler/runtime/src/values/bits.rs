use std::fmt;

/// A string of bits: `bit(n)` and `bit varying(n)`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bits(pub Vec<bool>);

impl fmt::Display for Bits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|bit| f.write_str(if *bit { "1" } else { "0" }))
    }
}
