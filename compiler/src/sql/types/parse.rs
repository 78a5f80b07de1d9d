//! Reading a type: the grammar's `SimpleTypename` and `opt_array_bounds` (`src/backend/parser/gram.y`).

use std::ops::Range;

use super::{TypeName, builtin};
use crate::sql::{
    SqlError, fold_ident, keywords, name_problem,
    tokens::{Token, TokenKind, significant},
};

pub(super) fn parse(text: &str) -> Result<TypeName, SqlError> {
    let mut parser = Parser {
        tokens: significant(text).collect(),
        at: 0,
        end: text.len(),
    };
    let type_name = parser.type_name()?;
    match parser.peek() {
        None => Ok(type_name),
        Some(rest) => Err(leftover(rest, &type_name)),
    }
}

struct Parser<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
    end: usize,
}

impl<'a> Parser<'a> {
    fn type_name(&mut self) -> Result<TypeName, SqlError> {
        let start = self.at;
        let mut type_name = self.simple()?;
        check_known(&type_name, self.range_from(start))?;
        type_name.array |= self.array_bounds()?;
        if type_name.array && type_name.element().serial().is_some() {
            return Err(SqlError::new(
                self.range_from(start),
                "there are no arrays of `serial`",
            ));
        }
        Ok(fix_array_name(type_name))
    }

    fn simple(&mut self) -> Result<TypeName, SqlError> {
        let Some(first) = self.peek() else {
            return Err(SqlError::new(self.end..self.end, "a type is missing"));
        };
        let qualified = self
            .tokens
            .get(self.at + 1)
            .is_some_and(|t| t.kind == TokenKind::Dot);
        if first.kind == TokenKind::Ident && !qualified {
            let word = fold_ident(first.text);
            if let Some(read) = grammar_type(&word) {
                self.at += 1;
                return read(self);
            }
            refuse_word(&word, first)?;
        }
        self.generic()
    }

    /// `name`, `schema.name`, each perhaps with modifiers.
    fn generic(&mut self) -> Result<TypeName, SqlError> {
        let first = self.name()?;
        let mut type_name = TypeName::named(None, &first);
        if self.eat(TokenKind::Dot) {
            let second = self.name()?;
            type_name = TypeName::named(schema_of(&first), &second);
        }
        if let Some(token) = self.peek() {
            match token.kind {
                TokenKind::Percent => {
                    let message = "`%type` can't be used here; write the type that the column has";
                    return Err(SqlError::new(token.range(), message));
                }
                TokenKind::Dot => {
                    let message = "a type's name has at most two parts: `schema.name`";
                    return Err(SqlError::new(token.range(), message));
                }
                _ => {}
            }
        }
        type_name.modifiers = self.modifiers()?;
        Ok(type_name)
    }

    fn name(&mut self) -> Result<String, SqlError> {
        let token = self.next("a name")?;
        let name = token
            .name()
            .ok_or_else(|| unexpected(token, "a type's name"))?;
        match name_problem(&name) {
            Some(problem) => Err(SqlError::new(token.range(), problem)),
            None => Ok(name.into_owned()),
        }
    }

    /// `(a, b)`; nothing when there is no parenthesis.
    fn modifiers(&mut self) -> Result<Vec<String>, SqlError> {
        let mut modifiers = Vec::new();
        if !self.eat(TokenKind::OpenParen) {
            return Ok(modifiers);
        }
        let mut current = String::new();
        loop {
            let token = self.next("`)`")?;
            let last = token.kind == TokenKind::CloseParen;
            if !last && token.kind != TokenKind::Comma {
                current.push_str(modifier_text(token)?);
                continue;
            }
            if current.is_empty() {
                return Err(unexpected(token, "a number or a word"));
            }
            modifiers.push(std::mem::take(&mut current));
            if last {
                return Ok(modifiers);
            }
        }
    }

    /// `[]`, `[3][3]`, `array`, `array[3]`.
    fn array_bounds(&mut self) -> Result<bool, SqlError> {
        let mut array = self.eat_word("array");
        while self.eat(TokenKind::OpenBracket) {
            array = true;
            if matches!(self.peek(), Some(token) if matches!(token.kind, TokenKind::Literal { .. }))
            {
                self.at += 1;
            }
            let close = self.next("`]`")?;
            if close.kind != TokenKind::CloseBracket {
                return Err(unexpected(close, "`]`"));
            }
        }
        Ok(array)
    }

    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.at).copied()
    }

    fn next(&mut self, wanted: &str) -> Result<Token<'a>, SqlError> {
        let token = self
            .peek()
            .ok_or_else(|| SqlError::new(self.end..self.end, format!("{wanted} is missing")))?;
        self.at += 1;
        Ok(token)
    }

    fn eat(&mut self, kind: TokenKind) -> bool {
        let found = self.peek().is_some_and(|token| token.kind == kind);
        self.at += usize::from(found);
        found
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.peek().is_some_and(|token| token.is_word(word));
        self.at += usize::from(found);
        found
    }

    /// A word that has to follow.
    fn word(&mut self, word: &str) -> Result<(), SqlError> {
        let token = self.next(&format!("`{word}`"))?;
        if token.is_word(word) {
            Ok(())
        } else {
            Err(unexpected(token, &format!("`{word}`")))
        }
    }

    fn range_from(&self, start: usize) -> Range<usize> {
        let first = self.tokens.get(start).map_or(self.end, |token| token.start);
        let last = self
            .tokens
            .get(self.at.saturating_sub(1))
            .map_or(self.end, Token::end);
        first..last.max(first)
    }

    fn with_modifiers(&mut self, name: &str) -> Result<TypeName, SqlError> {
        let modifiers = self.modifiers()?;
        Ok(TypeName {
            modifiers,
            ..TypeName::named(None, name)
        })
    }

    fn bit(&mut self) -> Result<TypeName, SqlError> {
        if self.eat_word("varying") {
            return self.with_modifiers("varbit");
        }
        self.of_length("bit")
    }

    fn character(&mut self) -> Result<TypeName, SqlError> {
        if self.eat_word("varying") {
            return self.with_modifiers("varchar");
        }
        self.of_length("bpchar")
    }

    fn national(&mut self) -> Result<TypeName, SqlError> {
        if !self.eat_word("char") {
            self.word("character")?;
        }
        self.character()
    }

    /// The grammar adds `(1)` where no length is given.
    fn of_length(&mut self, name: &str) -> Result<TypeName, SqlError> {
        let mut type_name = self.with_modifiers(name)?;
        if type_name.modifiers.is_empty() {
            type_name.modifiers.push("1".to_owned());
        }
        Ok(type_name)
    }

    fn double(&mut self) -> Result<TypeName, SqlError> {
        self.word("precision")?;
        Ok(TypeName::named(None, "float8"))
    }

    /// `float(p)` with binary digits.
    fn float(&mut self) -> Result<TypeName, SqlError> {
        let start = self.at;
        let modifiers = self.modifiers()?;
        let name = match modifiers.first().map(|p| p.parse::<u8>()) {
            None | Some(Ok(25..=53)) => "float8",
            Some(Ok(1..=24)) => "float4",
            Some(_) => {
                return Err(SqlError::new(
                    self.range_from(start),
                    "the precision of `float` is 1 to 53 bits",
                ));
            }
        };
        Ok(TypeName::named(None, name))
    }

    fn time(&mut self, plain: &str, zoned: &str) -> Result<TypeName, SqlError> {
        let modifiers = self.modifiers()?;
        let with = self.eat_word("with");
        if with || self.eat_word("without") {
            self.word("time")?;
            self.word("zone")?;
        }
        let name = if with { zoned } else { plain };
        Ok(TypeName {
            modifiers,
            ..TypeName::named(None, name)
        })
    }

    fn interval(&mut self) -> Result<TypeName, SqlError> {
        let mut fields = Vec::new();
        while let Some(word) = self.peek().and_then(interval_word) {
            self.at += 1;
            fields.push(word);
        }
        let fields = fields.join(" ");
        if !(fields.is_empty() || INTERVAL_FIELDS.contains(&fields.as_str())) {
            let message = format!(
                "`{fields}` is not one of the fields of an interval: {}",
                INTERVAL_FIELDS.join(", ")
            );
            return Err(SqlError::new(self.range_from(self.at - 1), message));
        }
        let start = self.at;
        let type_name = self.with_modifiers("interval")?;
        if !(type_name.modifiers.is_empty() || fields.is_empty() || fields.ends_with("second")) {
            return Err(SqlError::new(
                self.range_from(start),
                "only seconds have fractional digits",
            ));
        }
        let interval_fields = Some(fields).filter(|fields| !fields.is_empty());
        Ok(TypeName {
            interval_fields,
            ..type_name
        })
    }
}

type Reader<'a> = fn(&mut Parser<'a>) -> Result<TypeName, SqlError>;

/// The types whose names are keywords.
fn grammar_type<'a>(word: &str) -> Option<Reader<'a>> {
    Some(match word {
        "int" | "integer" => |_| Ok(TypeName::named(None, "int4")),
        "smallint" => |_| Ok(TypeName::named(None, "int2")),
        "bigint" => |_| Ok(TypeName::named(None, "int8")),
        "real" => |_| Ok(TypeName::named(None, "float4")),
        "boolean" => |_| Ok(TypeName::named(None, "bool")),
        "json" => |_| Ok(TypeName::named(None, "json")),
        "float" => Parser::float,
        "double" => Parser::double,
        "decimal" | "dec" | "numeric" => |parser| parser.with_modifiers("numeric"),
        "bit" => Parser::bit,
        "varchar" => |parser| parser.with_modifiers("varchar"),
        "char" | "character" | "nchar" => Parser::character,
        "national" => Parser::national,
        "timestamp" => |parser| parser.time("timestamp", "timestamptz"),
        "time" => |parser| parser.time("time", "timetz"),
        "interval" => Parser::interval,
        _ => return None,
    })
}

const INTERVAL_FIELDS: &[&str] = &[
    "year",
    "month",
    "day",
    "hour",
    "minute",
    "second",
    "year to month",
    "day to hour",
    "day to minute",
    "day to second",
    "hour to minute",
    "hour to second",
    "minute to second",
];

fn interval_word(token: Token<'_>) -> Option<String> {
    let word = fold_ident(token.text);
    let known = word == "to" || INTERVAL_FIELDS.contains(&word.as_str());
    (token.kind == TokenKind::Ident && known).then_some(word)
}

fn refuse_word(word: &str, token: Token<'_>) -> Result<(), SqlError> {
    let message = match word {
        "setof" => "`setof` is for what a function returns, not for a column".to_owned(),
        _ if keywords::needs_quotes(word) => {
            format!("`{word}` is a keyword; a type of that name is written `\"{word}\"`")
        }
        _ => return Ok(()),
    };
    Err(SqlError::new(token.range(), message))
}

/// `pg_catalog` is on every search path.
fn schema_of(name: &str) -> Option<&str> {
    Some(name).filter(|name| *name != "pg_catalog")
}

fn modifier_text(token: Token<'_>) -> Result<&str, SqlError> {
    match token.kind {
        TokenKind::Literal { .. }
        | TokenKind::Ident
        | TokenKind::QuotedIdent { .. }
        | TokenKind::Minus => Ok(token.text),
        _ => Err(unexpected(token, "a number or a word")),
    }
}

/// Checks and tidies the modifiers of the types we know.
fn check_known(type_name: &TypeName, range: Range<usize>) -> Result<(), SqlError> {
    match type_name.builtin() {
        Some(known) => builtin::check(known, &type_name.modifiers, range),
        None => Ok(()),
    }
}

/// `_int4` is the array of `int4`; `numeric(10)` has the scale 0; `PostGIS` spells its shapes its own way.
fn fix_array_name(mut type_name: TypeName) -> TypeName {
    if type_name.schema.is_none()
        && let Some(element) = type_name.name.strip_prefix('_')
        && super::BuiltinType::find(element).is_some()
    {
        type_name.name = element.to_owned();
        type_name.array = true;
    }
    if type_name.builtin().is_some() {
        type_name.modifiers.iter_mut().for_each(canonical_number);
        if type_name.name == "numeric" && type_name.modifiers.len() == 1 {
            type_name.modifiers.push("0".to_owned());
        }
    } else if matches!(type_name.name.as_str(), "geometry" | "geography") {
        super::postgis::tidy(&mut type_name);
    }
    type_name
}

/// `010` is ten.
fn canonical_number(modifier: &mut String) {
    if let Ok(number) = modifier.parse::<i64>() {
        *modifier = number.to_string();
    }
}

fn unexpected(token: Token<'_>, wanted: &str) -> SqlError {
    SqlError::new(
        token.range(),
        format!("found `{}` where {wanted} was expected", token.text),
    )
}

fn leftover(token: Token<'_>, type_name: &TypeName) -> SqlError {
    SqlError::new(
        token.range(),
        format!(
            "`{}` after the type `{}` is not part of it",
            token.text,
            type_name.short()
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, canonical: &str, short: &str) {
        let type_name = parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(type_name.to_string(), canonical, "{text}");
        assert_eq!(type_name.short(), short, "{text}");
        assert_eq!(parse(canonical).as_ref(), Ok(&type_name), "{canonical}");
        assert_eq!(parse(short).as_ref(), Ok(&type_name), "{short}");
    }

    #[test]
    fn every_spelling() {
        reads("int4", "integer", "integer");
        reads("INT", "integer", "integer");
        reads("float(24)", "real", "real");
        reads("float", "double precision", "double precision");
        reads("decimal( 10 , 2 )", "numeric(10,2)", "numeric(10,2)");
        reads("dec(10)", "numeric(10,0)", "numeric(10,0)");
        reads("varchar(200)", "character varying(200)", "varchar(200)");
        reads(
            "national character varying (7)",
            "character varying(7)",
            "varchar(7)",
        );
        reads("char", "character(1)", "char(1)");
        reads("bpchar", "bpchar", "bpchar");
        reads("\"char\"", "\"char\"", "\"char\"");
        reads("pg_catalog.\"char\"", "\"char\"", "\"char\"");
        reads("bit", "bit(1)", "bit(1)");
        reads("bit varying(8)", "bit varying(8)", "varbit(8)");
        reads(
            "timestamptz(3)",
            "timestamp(3) with time zone",
            "timestamptz(3)",
        );
        reads(
            "timestamp (3) with time zone",
            "timestamp(3) with time zone",
            "timestamptz(3)",
        );
        reads("timestamp", "timestamp without time zone", "timestamp");
        reads("time with time zone", "time with time zone", "timetz");
        reads(
            "interval day to second(3)",
            "interval day to second(3)",
            "interval day to second(3)",
        );
        reads("interval(2)", "interval(2)", "interval(2)");
        reads("text[][3]", "text[]", "text[]");
        reads(
            "varchar(5) array[4]",
            "character varying(5)[]",
            "varchar(5)[]",
        );
        reads("_int4", "integer[]", "integer[]");
        reads("Task_Status", "task_status", "task_status");
        reads(
            "\"Quoted Type\"[]",
            "\"Quoted Type\"[]",
            "\"Quoted Type\"[]",
        );
        reads(
            "billing.\"select\"",
            "billing.\"select\"",
            "billing.\"select\"",
        );
        reads(
            "geometry(point, 4326)",
            "geometry(Point,4326)",
            "geometry(Point,4326)",
        );
        reads("vector(3)", "vector(3)", "vector(3)");
    }

    #[track_caller]
    fn refuses(text: &str, at: &str, message: &str) {
        let error = parse(text).expect_err(text);
        assert_eq!(text.get(error.range.clone()), Some(at), "{text}: {error}");
        assert!(error.message.contains(message), "{text}: {error}");
    }

    #[test]
    fn what_is_no_type() {
        refuses("", "", "a type is missing");
        refuses("text not null", "not", "not part of it");
        refuses("users.email%type", "%", "`%type`");
        refuses("setof text", "setof", "returns");
        refuses("select", "select", "\"select\"");
        refuses("varchar(0)", "varchar(0)", "a length from 1");
        refuses("text(3)", "text(3)", "nothing in parentheses");
        refuses("numeric(1001)", "numeric(1001)", "a precision from 1");
        refuses("timestamp(7)", "timestamp(7)", "from 0 to 6");
        refuses("interval day(3)", "(3)", "only seconds");
        refuses("interval month to day", "day", "not one of the fields");
        refuses("varchar(5", "", "`)` is missing");
        refuses("text[", "", "`]` is missing");
        refuses("a.b.c", ".", "two parts");
        refuses("text; drop table x", ";", "not part of it");
        refuses("serial[]", "serial[]", "no arrays");
        refuses("\"\"", "\"\"", "empty");
        refuses("'text'", "'text'", "a type's name");
        refuses("mytype(select(1))", "(", "a number or a word");
    }

    #[test]
    fn serial_is_an_integer_with_a_sequence() {
        let serial = parse("bigserial").ok().and_then(|t| t.serial());
        assert_eq!(serial, parse("bigint").ok());
        assert_eq!(parse("public.serial").ok().and_then(|t| t.serial()), None);
    }
}
