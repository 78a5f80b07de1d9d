//! The methods of a table's port, which its repositories have too.

use super::context::{Find, List, Method, Param, Table, Upsert};

/// The methods, in the order in which the files have them.
pub(super) fn methods(table: &Table) -> Vec<Method> {
    let has_key = !table.key.is_empty();
    let is_patched = table.columns.iter().any(|column| column.patch.is_some());
    let mut methods = Vec::new();
    methods.extend(has_key.then(|| get(table)));
    methods.extend(table.finds.iter().map(|path| find(table, path)));
    methods.extend(table.lists.iter().map(|path| list(table, path)));
    methods.extend([stream(table), count()]);
    methods.extend(has_key.then(|| exists(table)));
    methods.extend([insert(table), insert_many(table)]);
    methods.extend(table.upserts.iter().map(|path| upsert(table, path)));
    methods.extend((has_key && is_patched).then(|| update(table)));
    methods.extend(has_key.then(|| delete(table)));
    methods
}

fn get(table: &Table) -> Method {
    Method {
        comment: "The row with this primary key.".to_owned(),
        result: format!("Option<{}>", table.names.row),
        ..by_key("get", table)
    }
}

fn find(table: &Table, path: &Find) -> Method {
    let with = list_of(&path.params);
    let with = if with.is_empty() {
        with
    } else {
        format!(" with this {with}")
    };
    let lower = path.params.iter().any(|param| param.lower);
    let lower = if lower {
        ", in any case of letters"
    } else {
        ""
    };
    let condition = match path.condition.as_str() {
        "" => String::new(),
        condition if with.is_empty() => format!(" where `{condition}`"),
        condition => format!(", where `{condition}`"),
    };
    Method {
        name: path.name.clone(),
        constant: path.constant.clone(),
        comment: format!("The row{with}{lower}{condition}."),
        params: params(&path.params),
        arguments: arguments(&path.params),
        result: format!("Option<{}>", table.names.row),
        ..method("find")
    }
}

fn list(table: &Table, path: &List) -> Method {
    let with = list_of(&path.params);
    let with = if with.is_empty() {
        with
    } else {
        format!("with this {with}, ")
    };
    let condition = match path.condition.as_str() {
        "" => String::new(),
        condition => format!("where `{condition}`, "),
    };
    let order = list_of(&path.order);
    let descending = if path.descending { ", descending" } else { "" };
    let mut params = params(&path.params);
    params.push(format!("page: &Page<{}>", place(&path.order)));
    Method {
        name: path.name.clone(),
        constant: path.constant.clone(),
        comment: format!("The rows {with}{condition}in the order of {order}{descending}."),
        params,
        arguments: arguments(&path.params),
        order: path.order.clone(),
        result: format!("Vec<{}>", table.names.row),
        ..method("list")
    }
}

fn stream(table: &Table) -> Method {
    Method {
        comment: "All rows, as they arrive.".to_owned(),
        result: table.names.row.clone(),
        ..method("stream")
    }
}

fn count() -> Method {
    Method {
        comment: "How many rows there are.".to_owned(),
        result: "i64".to_owned(),
        ..method("count")
    }
}

fn exists(table: &Table) -> Method {
    Method {
        comment: "Whether there is a row with this primary key.".to_owned(),
        result: "bool".to_owned(),
        ..by_key("exists", table)
    }
}

fn insert(table: &Table) -> Method {
    Method {
        comment: "Inserts a row and returns it as the database has it.".to_owned(),
        params: vec![format!("new: &{}", table.names.new)],
        result: table.names.row.clone(),
        ..method("insert")
    }
}

fn insert_many(table: &Table) -> Method {
    Method {
        constant: "INSERT".to_owned(),
        comment: "Inserts rows in one statement and returns them in the same order.".to_owned(),
        params: vec![format!("new: &[{}]", table.names.new)],
        result: format!("Vec<{}>", table.names.row),
        ..method("insert_many")
    }
}

fn upsert(table: &Table, path: &Upsert) -> Method {
    Method {
        kind: "upsert",
        name: path.name.clone(),
        constant: path.constant.clone(),
        comment: format!(
            "Inserts a row, or updates the one with the same {} to what is given.",
            list_of(&path.key)
        ),
        keep: path.keep.clone(),
        ..insert(table)
    }
}

fn update(table: &Table) -> Method {
    let mut params = params_and_version(table);
    params.push(format!("patch: &{}", table.names.patch));
    Method {
        comment: format!("Changes a row; `None` when there is none.{}", stale(table)),
        params,
        result: format!("Option<{}>", table.names.row),
        ..by_key("update", table)
    }
}

fn delete(table: &Table) -> Method {
    let deletes = match table.soft_delete {
        Some(_) => "Marks a row as deleted",
        None => "Deletes a row",
    };
    Method {
        comment: format!("{deletes}; `false` when there is none.{}", stale(table)),
        params: params_and_version(table),
        result: "bool".to_owned(),
        ..by_key("delete", table)
    }
}

/// A method whose name is its kind, and that takes nothing.
fn method(kind: &'static str) -> Method {
    Method {
        kind,
        name: kind.to_owned(),
        constant: kind.to_uppercase(),
        arguments: arguments(&[]),
        ..Method::default()
    }
}

fn by_key(kind: &'static str, table: &Table) -> Method {
    Method {
        params: params(&table.key),
        arguments: arguments(&table.key),
        ..method(kind)
    }
}

fn params_and_version(table: &Table) -> Vec<String> {
    table.key.iter().chain(&table.version).map(given).collect()
}

fn stale(table: &Table) -> &'static str {
    match table.version {
        Some(_) => " A row that has another version than the one given is an error.",
        None => "",
    }
}

fn list_of(params: &[Param]) -> String {
    let columns = params.iter().map(|param| param.column.as_str());
    columns.collect::<Vec<_>>().join(", ")
}

fn params(params: &[Param]) -> Vec<String> {
    params.iter().map(given).collect()
}

fn given(param: &Param) -> String {
    format!("{}: {}", param.field, param.given)
}

/// The parameters as the driver takes them: references, also to what is one already, unless it is unsized.
fn arguments(params: &[Param]) -> String {
    let argument = |param: &Param| {
        let is_sized = !["&str", "&[u8]"].contains(&param.given.as_str());
        let sign = if param.reference && is_sized { "" } else { "&" };
        format!("{sign}{}", param.field)
    };
    let arguments = params.iter().map(argument);
    format!("&[{}]", arguments.collect::<Vec<_>>().join(", "))
}

/// The type of the place at which a page begins.
fn place(order: &[Param]) -> String {
    match order {
        [one] => one.rust.clone(),
        more => {
            let types = more.iter().map(|param| param.rust.as_str());
            format!("({})", types.collect::<Vec<_>>().join(", "))
        }
    }
}
