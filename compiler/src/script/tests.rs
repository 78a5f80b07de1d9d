use super::*;

fn pieces(text: &str) -> Vec<String> {
    let mut variables = Variables::default();
    let mut scanner = Scanner::new(text);
    let mut found = Vec::new();
    while let Some(piece) = scanner.next_piece(&variables) {
        match piece {
            Piece::Statement { sql, line } => {
                if copy(&sql) == Some(Copy::In) {
                    found.push(format!("{line}: {sql} <- {:?}", scanner.copy_data()));
                } else {
                    found.push(format!("{line}: {sql}"));
                }
            }
            Piece::Command {
                name,
                rest,
                sql,
                line,
            } => {
                if let Ok(Command::Set(name, value)) = Command::read(&name, &rest, &variables) {
                    variables.set(&name, value);
                }
                let sql = sql
                    .map(|(sql, line)| format!(" after {line}: {sql}"))
                    .unwrap_or_default();
                found.push(format!("{line}: \\{name} {rest}{sql}"));
            }
        }
    }
    found
}

#[test]
fn statements_end_at_semicolons_outside_of_everything() {
    assert_eq!(
        pieces(
            "select ';', \";\", $$;$$, $a$;$$;$a$ -- ;\n, 1; /* ; /* ; */ ; */ select 2;\n\nselect (1;2)"
        ),
        [
            "1: select ';', \";\", $$;$$, $a$;$$;$a$ -- ;\n, 1",
            "2: select 2",
            "4: select (1;2)"
        ]
    );
    assert_eq!(
        pieces("select e'\\';', '\\'; select 1"),
        ["1: select e'\\';', '\\'", "1: select 1"]
    );
    assert_eq!(pieces("-- only\n/* comments */ ;;\n"), Vec::<String>::new());
    assert_eq!(pieces("select 'open; "), ["1: select 'open;"]);
    assert_eq!(
        pieces("select a$b$ from t; select 2"),
        ["1: select a$b$ from t", "1: select 2"]
    );
}

#[test]
fn a_routine_s_body_may_hold_semicolons() {
    let body = "create or replace function f() returns int begin atomic select case when true then 1 end; select 2; end";
    assert_eq!(
        pieces(&format!("{body}; select 3")),
        [format!("1: {body}"), "1: select 3".to_owned()]
    );
    assert_eq!(
        pieces("begin; select 1; end;"),
        ["1: begin", "1: select 1", "1: end"]
    );
}

#[test]
fn variables_are_replaced() {
    assert_eq!(
        pieces(
            "\\set n 3\n\\set s it '''' s\nselect :n, :'s', :\"n\", :unknown, x::n, ':n', a[1:n], :{?n}, :{?x};"
        ),
        [
            "1: \\set n 3",
            "2: \\set s it '''' s",
            "3: select 3, 'it''s', \"3\", :unknown, x::n, ':n', a[1:n], true, false"
        ]
        .map(|line| line.replace("a[1:n]", "a[13]"))
    );
}

#[test]
fn commands_stand_anywhere() {
    assert_eq!(
        pieces(
            "\\set ON_ERROR_STOP 1 \\\\ select 1;\nselect 2 as two \\gset x_\nselect 3\n\\echo hi\n;"
        ),
        [
            "1: \\set ON_ERROR_STOP 1",
            "1: select 1",
            "2: \\gset x_ after 2: select 2 as two",
            "4: \\echo hi",
            "3: select 3"
        ]
    );
    assert_eq!(pieces("select 1 \\; select 2;"), ["1: select 1 ; select 2"]);
}

#[test]
fn copy_takes_its_data_from_the_script() {
    assert_eq!(
        pieces("copy t (a, b) from stdin;\n1\t;\n2\t\\N\n\\.\nselect 1;"),
        [
            "1: copy t (a, b) from stdin <- \"1\\t;\\n2\\t\\\\N\\n\"",
            "5: select 1"
        ]
    );
    assert_eq!(
        copy("copy (select 'from stdin') to stdout"),
        Some(Copy::Out)
    );
    assert_eq!(copy("select 'copy t from stdin'"), None);
}

#[test]
fn client_copies_are_the_server_s() {
    let read = |rest: &str| match Command::read("copy", rest, &Variables::default()) {
        Ok(Command::Copy(copy)) => Ok((copy.sql, copy.place)),
        other => Err(other),
    };
    let good = |sql: &str, place: Place| Ok((sql.to_owned(), place));
    assert_eq!(
        read("t (a, \"from\") from stdin with (format csv)"),
        good(
            "copy t (a, \"from\") from stdin with (format csv)",
            Place::Script
        )
    );
    assert_eq!(
        read("\"to\" FROM 'a file.csv' csv delimiter '\\\\' -- :n"),
        good(
            "copy \"to\" from stdin csv delimiter '\\\\' -- :n",
            Place::File("a file.csv".into())
        )
    );
    assert_eq!(
        read("(select 'x' from t) to stdout"),
        good("copy (select 'x' from t) to stdout", Place::Output)
    );
    for wrong in [
        "t",
        "t from",
        "t from program 'ls'",
        "t to 'file'",
        "t from 'open",
        "",
    ] {
        let is_wrong = read(wrong).is_err() || wrong.ends_with("open");
        assert!(is_wrong, "{wrong}");
    }
}

#[test]
fn commands_are_understood_or_named() {
    let read = |name: &str, rest: &str| Command::read(name, rest, &Variables::default());
    assert_eq!(read("pset", "format unaligned"), Ok(Command::Nothing));
    assert_eq!(
        read("pset", "tuples_only true"),
        Ok(Command::TuplesOnly(Some(true)))
    );
    assert_eq!(
        read("set", "a 'x y' z"),
        Ok(Command::Set("a".into(), "x yz".into()))
    );
    assert_eq!(read("!", "rm"), Err(CommandError::Unsupported("!".into())));
    assert_eq!(
        read("ir", "_setup.sql"),
        Ok(Command::Include {
            file: "_setup.sql".into(),
            relative: true
        })
    );
    assert_eq!(read("c", "-"), Err(CommandError::Connects("c".into())));
    assert!(read("pset", "format html").is_err());
    assert!(read("echo", "'open").is_err());
    assert!(read("if", "perhaps").is_err());
}

#[test]
fn what_ends_a_transaction() {
    assert_eq!(effect("BEGIN"), Effect::Begin);
    assert_eq!(effect("/* x */ rollback"), Effect::Rollback);
    assert_eq!(effect("rollback to savepoint a"), Effect::Work);
    assert_eq!(effect("commit"), Effect::Commit);
    assert_eq!(effect("set role app"), Effect::Session);
    assert_eq!(
        effect("begin; insert into t values (1); commit"),
        Effect::Work
    );
}
