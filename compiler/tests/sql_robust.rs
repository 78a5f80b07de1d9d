//! Whatever the text, `tablec::sql` and the names of `tablec::templates` answer, and their answers hold together.

use proptest::collection::vec;
use proptest::prelude::{
    ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest,
};
use tablec::sql::{
    RoutineSignature, TypeName, Value, check_expression, check_query, check_statements,
    column_refs, dollar_quote, expression_name, is_simple_expression, literal_fits, literal_sql,
    mentions, name_problem, normal_text, quote_ident, quote_literal, same_text, split, statements,
};
use tablec::templates::names;

/// Pieces of SQL in any order, and anything else.
fn sql() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "select|from|case|when|end|begin|create|function|not|a|B|1|'x'|\"y\"|timestamp|interval|numeric|copy|stdin",
        4 => "[(){}\\[\\],;:.$'\"\\\\+*/<>=-]",
        1 => "\\$\\$|\\$a\\$|--|/\\*|\\*/|::|E'|U&\"|\n|\\\\\\.\n",
        2 => " ",
        1 => any::<char>().prop_filter("a byte order mark is white space at the start only", |c| *c != '\u{feff}').prop_map(String::from),
    ];
    vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_too_odd(text in sql()) {
        for error in [check_statements(&text), check_expression(&text), check_query(&text)].concat() {
            prop_assert!(text.get(error.range.clone()).is_some(), "{:?} in {text:?}", error);
        }
        let _ = (column_refs(&text), expression_name(&text), is_simple_expression(&text), mentions(&text));
        let _ = (text.parse::<RoutineSignature>(), name_problem(&text));
    }

    #[test]
    fn what_is_one_expression_stays_one(text in sql()) {
        if check_expression(&text).is_empty() {
            prop_assert_eq!(check_expression(&format!("({text})")), []);
            let table = format!("create table t (a int check ({text}), b int); select 1");
            prop_assert_eq!(statements(&table).len(), 2, "{}", table);
        }
    }

    #[test]
    fn a_type_is_printed_as_itself(text in prop_oneof![sql(), "(numeric|timestamp|interval|bit|\"A\")( ?\\([0-9]{1,2}\\))?( with time zone| day to second)?(\\[\\])?"]) {
        if let Ok(type_name) = TypeName::parse(&text) {
            prop_assert_eq!(TypeName::parse(&type_name.to_string()), Ok(type_name.clone()));
            prop_assert_eq!(TypeName::parse(&type_name.short()), Ok(type_name));
        }
    }

    #[test]
    fn pieces_are_in_order_and_lose_nothing(text in sql()) {
        let mut end = 0;
        let mut line = 1;
        for piece in split(&text) {
            prop_assert!(end <= piece.leading && piece.leading <= piece.range.start && piece.range.start < piece.range.end);
            prop_assert!(line <= piece.line);
            prop_assert!(mentions(&text[piece.leading..piece.range.start]).names().next().is_none());
            end = piece.range.end;
            line = piece.line;
        }
        prop_assert!(mentions(&text[end..]).names().next().is_none());
    }

    #[test]
    fn a_normal_text_is_the_same_text(text in sql()) {
        let normal = normal_text(&text);
        prop_assert!(same_text(&text, &normal), "{normal:?}");
        prop_assert_eq!(normal_text(&normal), normal);
    }

    #[test]
    fn what_is_quoted_is_one_token(text in sql()) {
        for quoted in [quote_ident(&text).into_owned(), quote_literal(&text), dollar_quote(&text)] {
            prop_assert!(quoted == text || text.is_empty() || split(&quoted).len() == 1 || text.contains('\0'), "{quoted}");
            prop_assert!(same_text(&quoted, &normal_text(&quoted)));
        }
    }

    #[test]
    fn any_name_is_an_identifier_of_rust(name in any::<String>()) {
        for identifier in [names::snake(&name), names::camel(&name), names::shouty(&name)] {
            let bare = identifier.strip_prefix("r#").unwrap_or(&identifier);
            let mut chars = bare.chars();
            prop_assert!(chars.next().is_some_and(|c| c == '_' || c.is_alphabetic()), "{identifier}");
            prop_assert!(bare != "_" && chars.all(|c| c == '_' || c.is_alphanumeric() || !c.is_ascii()), "{identifier}");
        }
    }

    #[test]
    fn any_constant_fits_or_not(text in any::<String>(), number in any::<f64>(), integer in any::<i64>()) {
        for builtin in tablec::sql::types::BuiltinType::all() {
            let type_name = TypeName::named(None, builtin.name);
            for value in [Value::Text(text.clone()), Value::Float(number), Value::Integer(integer)] {
                if literal_fits(&type_name, &value).is_ok() {
                    prop_assert_eq!(check_expression(&literal_sql(&type_name, &value)), [], "{:?}", value);
                }
                let _ = literal_fits(&type_name.array_of(), &Value::Array(vec![value]));
            }
        }
    }
}
