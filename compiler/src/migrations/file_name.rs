use std::fmt;
use std::str::FromStr;

/// The name of a migration's file: `0002_due_dates.sql`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName {
    /// The place in the order, from 1; no two have the same.
    pub number: u32,
    /// What it is about, for people.
    pub slug: String,
}

/// A name that is not a migration's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, miette::Diagnostic)]
#[error("`{0}` is not the name of a migration")]
#[diagnostic(help(
    "a migration is named by its number and what it is about: `0002_due_dates.sql`"
))]
pub struct BadFileName(pub String);

impl FileName {
    /// The name with that number, and a slug made from any text: lower-case letters and digits, `_` between them.
    pub fn new(number: u32, text: &str) -> Self {
        let words: Vec<_> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let slug = if words.is_empty() {
            "change".to_owned()
        } else {
            words.join("_")
        };
        Self { number, slug }
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}_{}.sql", self.number, self.slug)
    }
}

impl FromStr for FileName {
    type Err = BadFileName;

    fn from_str(name: &str) -> Result<Self, BadFileName> {
        let parsed = || {
            let (number, slug) = name.strip_suffix(".sql")?.split_once('_')?;
            let digits = number.len() >= 4 && number.bytes().all(|byte| byte.is_ascii_digit());
            let number = number.parse().ok().filter(|number| digits && *number > 0)?;
            let name = FileName {
                number,
                slug: slug.to_owned(),
            };
            (!slug.is_empty()).then_some(name)
        };
        // A name that is written another way would not be found again: `00002_x.sql`.
        parsed()
            .filter(|parsed| parsed.to_string() == name)
            .ok_or_else(|| BadFileName(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_written() {
        for name in ["0001_initial.sql", "0042_due_dates.sql", "12345_x.sql"] {
            assert_eq!(name.parse::<FileName>().unwrap().to_string(), name);
        }
        for name in [
            "1_x.sql",
            "0001.sql",
            "0001_.sql",
            "0000_x.sql",
            "00002_x.sql",
            "0001_x.txt",
            "x_0001.sql",
        ] {
            assert_eq!(name.parse::<FileName>(), Err(BadFileName(name.to_owned())));
        }
    }

    #[test]
    fn any_text_makes_a_slug() {
        assert_eq!(
            FileName::new(2, "Due dates, and more!").to_string(),
            "0002_due_dates_and_more.sql"
        );
        assert_eq!(FileName::new(3, "../..").to_string(), "0003_change.sql");
    }
}
