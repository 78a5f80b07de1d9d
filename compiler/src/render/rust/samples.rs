//! Values that satisfy a column's type and the simple ones of its checks.

use super::context::Make;
use super::demands::{Demands, Subject};
use super::schema::{Relation, Schema};
use super::type_files::variants;
use super::types::{RustType, Shape};
use crate::kinds::Model;
use crate::kinds::domain::Domain;
use crate::kinds::enumeration::Enum;
use crate::kinds::table;
use crate::kinds::table::constraint::ConstraintRule;

/// How to make a value of a column; `None` when nothing can.
pub(super) fn make(
    schema: &Schema<'_>,
    relation: &Relation<'_>,
    column: &table::Column,
    unique: bool,
) -> Option<Make> {
    let hints = relation.hints(&column.name);
    if hints.is_some_and(|hints| hints.rust_type.is_some()) {
        return None;
    }
    let example = hints.and_then(|hints| hints.example.as_deref());
    let mut demands = Demands::default();
    for (_, constraint, _) in &relation.constraints {
        if let ConstraintRule::Check(check) = &constraint.rule {
            demands.learn(&check.expression.0, &column.name);
        }
    }
    let place = (relation.id.qname(), column.name.clone());
    if let Some(most) = schema.widths.get(&place) {
        demands.within(Subject::Value, None..Some(*most));
    }
    let ty = schema.types.resolve(&column.data_type);
    made(schema, &column.name, &ty, demands, example, unique)
}

fn made(
    schema: &Schema<'_>,
    column: &str,
    ty: &RustType,
    mut demands: Demands,
    example: Option<&str>,
    unique: bool,
) -> Option<Make> {
    match (&ty.shape, example) {
        (Shape::Domain(id), _) => {
            let domain = Domain::from_body(&schema.spec.catalog.get(id)?.body)?;
            domain
                .checks
                .iter()
                .for_each(|check| demands.learn(&check.expression.0, "value"));
            let inner = schema.types.resolve(&domain.data_type);
            let mut make = made(schema, column, &inner, demands, example, unique)?;
            make.newtypes.insert(0, schema.types.name_of(id).to_owned());
            Some(make)
        }
        (Shape::Text(length), _) => Some(demands.text(column, *length, example, unique)),
        (Shape::Enum(id), _) => {
            let labels = variants(Enum::from_body(&schema.spec.catalog.get(id)?.body)?);
            let chosen = labels.iter().find(|variant| {
                Some(variant.label.as_str()) == example || demands.one_of.contains(&variant.label)
            });
            let name = schema.types.name_of(id);
            let variant = chosen.or(labels.first())?;
            if unique && example.is_none() {
                let allowed = labels
                    .iter()
                    .filter(|variant| demands.allows(&variant.label));
                let paths = allowed.map(|variant| format!("{name}::{}", variant.name));
                return Some(label(name, paths.collect(), labels.len()));
            }
            Some(new("path", format!("{name}::{}", variant.name)))
        }
        (Shape::Array, _) => Some(new("vec", "")),
        (Shape::Opaque(known), _) => Some(new("literal", example.or(*known)?)),
        (Shape::Unknown, _) => None,
        (_, Some(example)) if !unique || example.parse::<f64>().is_err() => {
            Some(new("parse", example))
        }
        (Shape::Bits(length), _) => Some(new("parse", "0".repeat(*length))),
        (Shape::Integer, _) => Some(demands.integer()),
        (Shape::Make, _) if ty.name == "bool" && demands.truth.is_some() => {
            let truth = demands.truth.unwrap_or_default();
            Some(new("path", truth.to_string()))
        }
        (Shape::Numeric(digits), _) => {
            let (whole, scale) = digits.unwrap_or((9, 2));
            Some(Make {
                numbers: vec![i64::from(whole), i64::from(scale)],
                ..new("numeric", column)
            })
        }
        (Shape::Make, _) => Some(new("make", column)),
    }
}

/// A choice among variants of an enum; all of them have a name.
fn label(name: &str, paths: Vec<String>, all: usize) -> Make {
    if paths.len() < all {
        return one_of("label", name, paths);
    }
    Make {
        items: paths,
        ..new("label", format!("{name}::ALL"))
    }
}

/// A choice among as many values as one line has room for.
fn one_of(call: &'static str, text: &str, mut items: Vec<String>) -> Make {
    let mut room = ROOM;
    let mut fits = |item: &String| {
        room = room.saturating_sub(format!("{item:?}, ").chars().count());
        room > 0
    };
    let fitting = items.iter().take_while(|item| fits(item)).count();
    items.truncate(fitting.max(1));
    Make {
        items,
        ..new(call, text)
    }
}

/// The columns that the arguments of a call can have, less what is around them.
const ROOM: usize = 54;

fn new(call: &'static str, text: impl Into<String>) -> Make {
    Make {
        newtypes: Vec::new(),
        call,
        items: Vec::new(),
        numbers: Vec::new(),
        text: text.into(),
    }
}

impl Demands {
    fn allows(&self, label: &String) -> bool {
        self.one_of.is_empty() || self.one_of.contains(label)
    }

    fn integer(&self) -> Make {
        let allowed = self.one_of.first().and_then(|text| text.parse().ok());
        let (least, most) =
            allowed.map_or((self.least, self.most), |only| (Some(only), Some(only)));
        let least = least.unwrap_or_else(|| most.map_or(1, |most| most.min(1)));
        Make {
            numbers: vec![least, most.unwrap_or(i64::MAX)],
            ..new("integer", "")
        }
    }

    /// The first form of text that satisfies all demands; what is unique has a number in it.
    fn text(
        &self,
        column: &str,
        length: Option<usize>,
        example: Option<&str>,
        unique: bool,
    ) -> Make {
        let longest = self.longest.map_or(length, |longest| {
            usize::try_from(longest)
                .ok()
                .map(|l| length.map_or(l, |n| n.min(l)))
        });
        if let Some(only) = self.one_of.first() {
            if unique && example.is_none() {
                return one_of("one_of", column, self.one_of.clone());
            }
            return new("literal", example.unwrap_or(only));
        }
        let fits = |form: &String| self.holds_for_form(form, longest);
        if let Some(example) = example {
            let numbered = numbered(example)
                .into_iter()
                .find(|form| unique && fits(form));
            return numbered.map_or_else(|| new("literal", example), |form| new("pattern", form));
        }
        if self.patterns.is_empty() {
            let shortest = self.shortest.unwrap_or(0);
            let longest = longest
                .and_then(|n| i64::try_from(n).ok())
                .unwrap_or(shortest.max(100));
            return Make {
                numbers: vec![shortest, longest],
                ..new("text", column)
            };
        }
        let form = FORMS.iter().map(|form| (*form).to_owned()).find(fits);
        new("pattern", form.unwrap_or_else(|| "{n}".to_owned()))
    }

    fn holds_for_form(&self, form: &str, longest: Option<usize>) -> bool {
        [1_u32, 1234].iter().all(|n| {
            let text = form
                .replace("{n}", &n.to_string())
                .replace("{hex}", &format!("{n:06x}"));
            let length = text.chars().count();
            let long_enough = self
                .shortest
                .is_none_or(|least| i64::try_from(length).is_ok_and(|length| length >= least));
            longest.is_none_or(|most| length <= most)
                && long_enough
                && self.patterns.iter().all(|pattern| matches(pattern, &text))
        })
    }
}

/// Forms of text, from the plainest to what only some patterns want.
const FORMS: &[&str] = &[
    "word {n}",
    "word-{n}",
    "word_{n}",
    "word{n}",
    "Word {n}",
    "WORD{n}",
    "user{n}@example.org",
    "https://example.org/{n}",
    "{n}",
    "+{n}",
    "#{hex}",
    "{hex}",
    "+49{hex}",
    "example{n}.org",
    "/{n}",
    "10.0.0.{n}",
    "word",
    "WORD",
    "ab",
    "AB",
    "en-US",
    "abc",
    "ABC",
];

/// An example with a number put in where it does least harm: in an email address before the `@`.
fn numbered(example: &str) -> Vec<String> {
    let word = |c: char| !c.is_alphanumeric();
    let places = [example.find('@'), Some(example.len()), example.find(word)];
    let split = places
        .into_iter()
        .flatten()
        .map(|place| example.split_at(place));
    split
        .flat_map(|(front, back)| {
            [
                format!("{front}-{{n}}{back}"),
                format!("{front}{{n}}{back}"),
            ]
        })
        .collect()
}

/// Whether a text matches; a pattern that is no regular expression for Rust demands nothing.
fn matches(pattern: &str, text: &str) -> bool {
    regex_automata::meta::Regex::new(pattern).map_or(true, |regex| regex.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demands(check: &str) -> Demands {
        let mut demands = Demands::default();
        demands.learn(check, "x");
        demands
    }

    #[test]
    fn text_satisfies_the_patterns() {
        let slug = demands("x ~ '^[a-z0-9]+(-[a-z0-9]+)*$'");
        assert_eq!(slug.text("x", Some(40), None, true).text, "word-{n}");
        assert_eq!(
            slug.text("x", Some(40), Some("acme"), true).text,
            "acme-{n}"
        );
        let email = demands(r"x ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$'");
        assert_eq!(
            email.text("x", None, Some("ada@example.org"), true).text,
            "ada-{n}@example.org"
        );
        assert_eq!(
            demands("x ~ '^#[0-9a-f]{6}$'")
                .text("x", None, None, false)
                .text,
            "#{hex}"
        );
    }
}
