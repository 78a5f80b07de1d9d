use std::fmt;

/// A string of bits: `bit(n)` and `bit varying(n)`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bits(pub Vec<bool>);

impl std::str::FromStr for Bits {
    type Err = crate::BoxError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bit = |c| match c {
            '0' => Ok(false),
            '1' => Ok(true),
            _ => Err(format!("{text:?} is no string of bits").into()),
        };
        text.chars().map(bit).collect::<Result<_, _>>().map(Self)
    }
}

impl fmt::Display for Bits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|bit| f.write_str(if *bit { "1" } else { "0" }))
    }
}
