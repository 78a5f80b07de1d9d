//! `tablec test --format junit`: read by an XML parser, as build servers do.

use std::error::Error;

use roxmltree::{Document, Node};

use crate::tool::Project;

type Outcome = Result<(), Box<dyn Error>>;

/// Passes, fails, is skipped, is to be done; what it says is hostile to XML.
const MIXED: &str = r#"begin;
select plan(5);
select pass('passes <b>&amp;</b> "quoted" ]]> ä');
select is('<have attr="&">'::text, E'want \x01 \x1b[31m ]]>', 'differs & <more>');
select skip('why: <not> & "now"', 1);
select * from todo('later & <sooner>', 1);
select fail('to be done');
select pass('the last');
rollback;
"#;
const BROKEN: &str = "select plan(2);\nselect pass('before');\nselect 1 / 0 as \"<zero>\";\n";
const GOOD: &str = "select plan(1);\nselect pass('good');\n";

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    node.attribute(name)
        .unwrap_or_else(|| panic!("{} has no {name}", node.tag_name().name()))
}

fn number(node: Node<'_, '_>, name: &str) -> usize {
    attribute(node, name).parse().unwrap_or(usize::MAX)
}

fn elements<'a, 'i>(node: Node<'a, 'i>, name: &'a str) -> Vec<Node<'a, 'i>> {
    let children = node.children();
    children.filter(|child| child.has_tag_name(name)).collect()
}

/// How many cases hold such an element.
fn with(suite: Node<'_, '_>, name: &str) -> usize {
    let cases = elements(suite, "testcase").into_iter();
    cases
        .filter(|case| !elements(*case, name).is_empty())
        .count()
}

#[test]
fn junit_s_xml_is_well_formed_and_counts_what_is_there() -> Outcome {
    let project = Project::new();
    for (name, text) in [("broken", BROKEN), ("good", GOOD), ("mixed & <x>", MIXED)] {
        project.write(&format!("pgtap/{name}.sql"), text);
    }
    let run = project.run(&["test", "--format", "junit"]).ends_with(1);
    let document = Document::parse(&run.stdout)?;
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    let suites = elements(root, "testsuite");
    let names: Vec<&str> = suites
        .iter()
        .map(|suite| attribute(*suite, "name"))
        .collect();
    assert_eq!(
        names,
        [
            "pgtap/broken.sql",
            "pgtap/good.sql",
            "pgtap/mixed & <x>.sql"
        ]
    );
    let mut sums = [0; 4];
    for suite in &suites {
        let cases = elements(*suite, "testcase");
        assert_eq!(number(*suite, "tests"), cases.len());
        assert_eq!(number(*suite, "failures"), with(*suite, "failure"));
        assert_eq!(number(*suite, "errors"), with(*suite, "error"));
        assert_eq!(number(*suite, "skipped"), with(*suite, "skipped"));
        attribute(*suite, "time").parse::<f64>()?;
        for case in cases {
            assert_eq!(attribute(case, "classname"), attribute(*suite, "name"));
            assert!(!attribute(case, "name").is_empty());
        }
        for (sum, name) in sums
            .iter_mut()
            .zip(["tests", "failures", "errors", "skipped"])
        {
            *sum += number(*suite, name);
        }
    }
    assert_eq!(
        ["tests", "failures", "errors", "skipped"].map(|name| number(root, name)),
        sums
    );
    assert_eq!(sums, [8, 1, 1, 2]);
    Ok(())
}

#[test]
fn junit_s_xml_says_what_the_suites_say() -> Outcome {
    let project = Project::new();
    project.write("pgtap/broken.sql", BROKEN);
    project.write("pgtap/mixed.sql", MIXED);
    let run = project.run(&["test", "--format", "junit"]).ends_with(1);
    let document = Document::parse(&run.stdout)?;
    let case = |name: &str| {
        let mut cases = document
            .descendants()
            .filter(|node| node.has_tag_name("testcase"));
        cases
            .find(|case| attribute(*case, "name").contains(name))
            .unwrap_or_else(|| panic!("no case {name} in {}", run.stdout))
    };
    let passed = case("passes");
    assert_eq!(
        attribute(passed, "name"),
        "1 - passes <b>&amp;</b> \"quoted\" ]]> ä"
    );
    assert!(!passed.has_children() || passed.children().all(|child| child.is_text()));
    let failed = elements(case("differs & <more>"), "failure");
    assert_eq!(attribute(failed[0], "message"), "pgtap/mixed.sql:4");
    let text = failed[0].text().unwrap_or_default();
    assert!(
        text.contains("<have attr=\"&\">") && text.contains("]]>"),
        "{text}"
    );
    let skipped = elements(case("3 -"), "skipped");
    assert_eq!(attribute(skipped[0], "message"), "why: <not> & \"now\"");
    let todo = elements(case("to be done"), "skipped");
    assert_eq!(attribute(todo[0], "message"), "later & <sooner>");
    let error = elements(case("the suite itself"), "error");
    let message = attribute(error[0], "message");
    assert!(
        message.contains("pgtap/broken.sql:3: division by zero"),
        "{message}"
    );
    Ok(())
}
