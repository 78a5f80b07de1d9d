use std::collections::BTreeMap;

use minijinja::context;

use super::*;
use crate::catalog::QName;
use crate::kinds::Sql;

const HOSTILE: &str = "a\"; drop table x; --";

fn engine(name: &str, template: &str) -> Templates {
    Templates::with_own(
        "public",
        BTreeMap::from([(name.to_owned(), template.to_owned())]),
    )
}

#[track_caller]
fn sql(template: &str, context: impl Serialize, printed: &str) {
    assert_eq!(
        engine("sql/t.sql", template)
            .render("sql/t.sql", context)
            .as_deref(),
        Ok(printed)
    );
}

#[track_caller]
fn refused(name: &str, template: &str, context: impl Serialize) -> String {
    match engine(name, template).render(name, context) {
        Ok(text) => panic!("{template} printed {text}"),
        Err(error) => error.message,
    }
}

#[test]
fn each_kind_of_text_has_its_filter() {
    sql(
        "{{ x|ident }}",
        context!(x => HOSTILE),
        "\"a\"\"; drop table x; --\"",
    );
    sql("{{ x|idents }}", context!(x => ["a", "B"]), "a, \"B\"");
    sql(
        "{{ x|map('ident')|join(', ') }}",
        context!(x => ["a", "B"]),
        "a, \"B\"",
    );
    sql(
        "{{ x|qname }}",
        context!(x => Serde(QName::new("public", "tasks"))),
        "tasks",
    );
    sql(
        "{{ x|qname }}",
        context!(x => Serde(QName::new("Billing", "select"))),
        "\"Billing\".\"select\"",
    );
    sql(
        "{{ x|relation }}",
        context!(x => context!(schema => "b", parent => "t", name => "c")),
        "b.t",
    );
    sql(
        "{{ x|routine }}",
        context!(x => Serde(QName::new("public", "Touch(int4, \"T\")"))),
        "touch(integer, \"T\")",
    );
    sql(
        "{{ x|lit }}, {{ y|lit }}, {{ z|lit }}, {{ true|lit }}",
        context!(x => "it's \\", y => 1, z => ()),
        "E'it''s \\\\', 1, null, true",
    );
    sql(
        "{{ x|dollar }}",
        context!(x => "do $$"),
        "$body$do $$$body$",
    );
    sql(
        "{{ x|type }}",
        context!(x => "SETOF character varying(3)[]"),
        "setof varchar(3)[]",
    );
    sql(
        "{{ x }} {{ x|sql }}",
        context!(x => Serde(Sql::from("a > 'b'"))),
        "a > 'b' a > 'b'",
    );
    sql(
        "{{ x|default_expr }}",
        context!(x => Serde(Sql::from("not true"))),
        "(not true)",
    );
    sql("{{ 'set null'|keyword }}", (), "set null");
    sql("{{ x|operator }}", context!(x => "&&"), "&&");
    sql(
        "{{ x|operator }}",
        context!(x => "OPERATOR(S.<->)"),
        "operator(s.<->)",
    );
    sql(
        "{{ x|option }}",
        context!(x => "toast.autovacuum_enabled"),
        "toast.autovacuum_enabled",
    );
    sql("{{ 'public'|role }} {{ 'App'|role }}", (), "public \"App\"");
    sql(
        "{{ x|sql_comment }}",
        context!(x => "a\n; drop"),
        "-- a\n-- ; drop",
    );
    sql(
        "{{ 1 }}{{ true }}{% for x in [1, 2] %}{{ x }}{{ ', ' if not loop.last }}{% endfor %}",
        (),
        "1true1, 2",
    );
}

#[test]
fn what_is_not_said_is_not_printed() {
    let hostile = context!(x => HOSTILE);
    for template in [
        "{{ x }}",
        "{{ 'a' ~ x }}",
        "{{ x|upper }}",
        "{{ x|keyword }}",
        "{{ x|type }}",
        "{{ x|operator }}",
        "{{ x|sql }}",
        "{{ x|routine }}",
        "{{ [x]|join(', ') }}",
        "{% set y %}{{ x }}{% endset %}{{ y }}",
        "{% set y = x|ident %}{{ y ~ x }}",
        "{% autoescape false %}{{ x }}{% endautoescape %}",
        "{% autoescape 'html' %}{{ x }}{% endautoescape %}",
        "{{ [x] }}",
        "{{ none }}",
        "{{ x|safe }}",
        "{{ x|tojson }}",
        "{{ x|escape }}",
        "{{ '%s'|format(x) }}",
        "{{ x|indent(2) }}",
        "{{ x|qname }}",
        "{{ ''|ident }}",
    ] {
        refused("sql/t.sql", template, &hostile);
        refused("pgtap/t", template, &hostile);
    }
    let long = "x".repeat(64);
    assert!(refused("sql/t.sql", "{{ x|ident }}", context!(x => long)).contains("64 bytes"));
    assert!(refused("rust/t.rs", "{{ x }}", &hostile).contains("can't be printed as Rust"));
    assert!(refused("rust/t.rs", "// {{ x }}", context!(x => "a\nb")).contains("|doc"));
}

#[test]
fn rust_has_its_filters() {
    let template = "{{ t|rust_ident }} {{ t|rust_type }} {{ t|rust_const }} {{ o }} {{ s|rust_str }} {{ s|rust_raw_str }}";
    let context = context!(t => "type", o => "Option<uuid::Uuid>", s => "a \"#b\" \\");
    let printed = engine("rust/t.rs", template).render("rust/t.rs", context);
    assert_eq!(
        printed.as_deref(),
        Ok("r#type Type TYPE Option<uuid::Uuid> \"a \\\"#b\\\" \\\\\" r##\"a \"#b\" \\\"##")
    );
    let printed = engine("rust/t.rs", "    {{ c|doc(indent=4) }}")
        .render("rust/t.rs", context!(c => "a\n[b]"));
    assert_eq!(printed.as_deref(), Ok("    /// a\n    /// \\[b\\]"));
}

#[test]
fn html_is_escaped() {
    let html = engine("docs/t.html", "<p>{{ x }}</p>").render("docs/t.html", context!(x => "<b>"));
    assert_eq!(html.as_deref(), Ok("<p>&lt;b&gt;</p>"));
    refused(
        "docs/t.html",
        "{% autoescape false %}{{ x }}{% endautoescape %}",
        context!(x => "<b>"),
    );
}

#[test]
fn text_is_free() {
    let printed = engine("docs/t.md", "{{ x }}").render("docs/t.md", context!(x => HOSTILE));
    assert_eq!(printed.as_deref(), Ok(HOSTILE));
}

#[test]
fn blocks_take_their_lines_away() {
    sql(
        "a\n  {% if true %}\n  b\n  {% endif %}\nc\n",
        (),
        "a\n  b\nc\n",
    );
}

#[test]
fn an_error_names_template_line_and_cause() {
    let own = BTreeMap::from([
        (
            "sql/outer.sql".to_owned(),
            "-- outer\n{% include 'sql/inner.sql' %}\n".to_owned(),
        ),
        (
            "sql/inner.sql".to_owned(),
            "-- inner\n\ncreate table {{ table.nam }} ();\n".to_owned(),
        ),
        ("sql/broken.sql".to_owned(), "{% if %}".to_owned()),
    ]);
    let templates = Templates::with_own("public", own);
    let error = templates
        .render("sql/outer.sql", context!(table => context!(name => "t")))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "sql/inner.sql:3: `table.nam` is undefined"
    );
    assert_eq!(error.excerpt, "create table {{ table.nam }} ();");
    assert_eq!(
        templates
            .source("sql/inner.sql")
            .and_then(|s| s.get(error.range)),
        Some("table.nam")
    );

    let error = templates.render("sql/nowhere.sql", ()).unwrap_err();
    assert!(error.message.contains("does not exist"), "{error}");

    let broken = templates.check();
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert_eq!(
        (broken[0].template.as_str(), broken[0].line),
        ("sql/broken.sql", 1)
    );
}

#[test]
fn the_embedded_templates_compile() {
    let templates = Templates::embedded("public");
    let broken: Vec<_> = templates
        .names()
        .filter_map(|name| templates.get(name).err())
        .collect();
    assert_eq!(broken, []);
}

#[test]
fn what_templates_are_given_can_be_recorded() {
    let templates = engine("sql/t.sql", "{{ x }}").recording();
    templates
        .render("sql/t.sql", serde_json::json!({ "x": 1 }))
        .unwrap();
    let context = BTreeMap::from([("x", Sql::from("a"))]);
    templates.render("sql/t.sql", context).unwrap();
    let given: Vec<_> = templates
        .recorded()
        .into_iter()
        .map(|(_, context)| context.to_string())
        .collect();
    assert_eq!(given, ["{\"x\":\"a\"}", "{\"x\":1}"]);
}

#[test]
fn a_projects_own_template_replaces_one() {
    let templates = engine("sql/mine.sql", "mine");
    assert!(templates.is_own("sql/mine.sql"));
    assert!(templates.names().any(|name| name == "sql/mine.sql"));
    assert_eq!(templates.source("sql/mine.sql"), Some("mine"));
}
