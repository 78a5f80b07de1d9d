{% set names = table.names %}
{% set inserted = table.columns | selectattr("insert") | list %}
{% set patched = table.columns | selectattr("patch") | list %}
{% set update = table.key and patched %}
{% set check_new = table.lengths | selectattr("insert") | list %}
{% set check_patch = table.lengths | selectattr("patch") | list %}
{% set version_arg = "&" ~ table.version.field if table.version else "" %}
{% set hidden %}{% if table.soft_delete %}{{ table.soft_delete.column | ident }} is null{% endif %}{% endset %}
{% macro select_list() %}{% for column in table.columns %}{{ column.name | ident }}{{ ("::" ~ column.read_cast) if column.read_cast else "" }}{{ "" if loop.last else ", " }}{% else %}null{% endfor %}{% endmacro %}
{% macro key_is(list, from=1) %}{% for param in list %}{{ "" if loop.first else " and " }}{% if param.lower %}lower({{ param.column | ident }}) = lower(${{ loop.index0 + from }}){% else %}{{ param.column | ident }} = ${{ loop.index0 + from }}{% endif %}{% endfor %}{% endmacro %}
{% macro conditions(list, predicate=none) %}
{%- if list %} where {{ key_is(list) }}{% endif %}
{%- if predicate %}{{ " and (" if list else " where (" }}{{ predicate }}){% endif %}
{%- if hidden %}{{ " and " if list or predicate else " where " }}{{ hidden }}{% endif %}
{%- endmacro %}
{% macro columns_of(list) %}{% for param in list %}{% if param.lower %}lower({{ param.column | ident }}){% else %}{{ param.column | ident }}{% endif %}{{ "" if loop.last else ", " }}{% endfor %}{% endmacro %}
{% macro args(list) %}&[{% for param in list %}{{ "" if param.reference and param.given not in ["&str", "&[u8]"] else "&" }}{{ param.field }}{{ "" if loop.last else ", " }}{% endfor %}]{% endmacro %}
{% set key_args = args(table.key) %}
{% macro order_by(list) %} order by {% for param in list.order %}{{ param.column | ident }}{{ " desc" if list.descending else "" }}{{ "" if loop.last else ", " }}{% endfor %} limit ${{ list.params | length + 1 }}{% endmacro %}
{% macro after(list) %}{% set n = list.params | length + 2 %}{{ " and " if list.params or list.predicate or hidden else " where " }}{% if list.order | length == 1 %}{{ list.order[0].column | ident }} {{ ("<" if list.descending else ">") | operator }} ${{ n }}{% else %}({% for param in list.order %}{{ param.column | ident }}{{ "" if loop.last else ", " }}{% endfor %}) {{ ("<" if list.descending else ">") | operator }} ({% for param in list.order %}${{ loop.index0 + n }}{{ "" if loop.last else ", " }}{% endfor %}){% endif %}{% endmacro %}
{% macro cursor(order) %}{% if order | length == 1 %}|{{ order[0].field }}| vec![{{ order[0].field }} as Param]{% else %}|({{ order | map(attribute="field") | join(", ") }})| vec![{% for param in order %}{{ param.field }}{{ " as Param" if loop.first else "" }}{{ "" if loop.last else ", " }}{% endfor %}]{% endif %}{% endmacro %}
{% macro method(mode, name, list, result) %}
{{ signature("    " ~ ("fn " if mode == "blocking" else "async fn ") ~ name, ["&mut self" if mode == "blocking" else "&self"] + list | params("given"), " -> Result<" ~ result ~ ", " ~ names.error ~ "> {") }}
{% endmacro %}
{% macro run(mode, function, arguments, head="        ", tail="") %}
{{ call(head ~ ("blocking::" if mode == "blocking" else "asynchronous::") ~ function, [("&mut self.0" if mode == "blocking" else "&self.0")] + arguments, (".await" if mode == "async" else "") ~ tail) }}
{%- endmacro %}
{% macro methods(mode) %}
{% set version = [table.version] if table.version else [] %}
{% if table.key %}
{{ method(mode, "get", table.key, "Option<" ~ names.row ~ ">") -}}
{{ run(mode, "optional", ["GET", key_args]) }}
    }

{% endif %}
{% for find in table.finds %}
{{ method(mode, find.name, find.params, "Option<" ~ names.row ~ ">") -}}
{{ run(mode, "optional", [find.constant, args(find.params)]) }}
    }

{% endfor %}
{% for list in table.lists %}
{{ method(mode, list.name, list.params + [{"field": "page", "given": "&Page<" ~ key_type(list.order) ~ ">"}], "Vec<" ~ names.row ~ ">") -}}
{{ run(mode, "page", [list.constant, args(list.params), cursor(list.order), "page"]) }}
    }

{% endfor %}
{{ method(mode, "stream", [], "RowIter<'_, " ~ names.row ~ ", " ~ names.error ~ ">" if mode == "blocking" else "RowStream<'static, " ~ names.row ~ ", " ~ names.error ~ ">") -}}
{{ run(mode, "stream", ["STREAM", "&[]"]) }}
    }

{{ method(mode, "count", [], "i64") -}}
{{ run(mode, "value", ["COUNT", "&[]"]) }}
    }

{% if table.key %}
{{ method(mode, "exists", table.key, "bool") -}}
{{ run(mode, "value", ["EXISTS", key_args]) }}
    }

{% endif %}
{{ method(mode, "insert", [{"field": "new", "given": "&" ~ names.new}], names.row) -}}
{% if check_new %}
        new.check()?;
{% endif %}
{{ run(mode, "insert", ["INSERT", "values(new)"]) }}
    }

{{ method(mode, "insert_many", [{"field": "new", "given": "&[" ~ names.new ~ "]"}], "Vec<" ~ names.row ~ ">") -}}
{% if check_new %}
        new.iter().try_for_each({{ names.new }}::check)?;
{% endif %}
        let rows: Vec<_> = new.iter().map(values).collect();
{{ run(mode, "insert_many", ["INSERT", "&rows"]) }}
    }
{% for upsert in table.upserts %}

{{ method(mode, upsert.name, [{"field": "new", "given": "&" ~ names.new}], names.row) -}}
{% if check_new %}
        new.check()?;
{% endif %}
{{ run(mode, "upsert", [upsert.constant, "values(new)", kept(upsert.keep)]) }}
    }
{% endfor %}
{% if update %}

{{ method(mode, "update", table.key + version + [{"field": "patch", "given": "&" ~ names.patch}], "Option<" ~ names.row ~ ">") -}}
{% if check_patch %}
        patch.check()?;
{% endif %}
{% if table.version %}
{{ run(mode, "update_version", ["[UPDATE, EXISTS]", "&changes(patch)", key_args, version_arg, names.error ~ "::Stale"]) }}
{% else %}
{{ run(mode, "update", ["[UPDATE, GET]", "&changes(patch)", key_args]) }}
{% endif %}
    }
{% endif %}
{% if table.key %}

{{ method(mode, "delete", table.key + version, "bool") -}}
{% if table.version %}
{{ run(mode, "delete_version", ["[DELETE, EXISTS]", key_args, version_arg, names.error ~ "::Stale"]) }}
{% else %}
{{ run(mode, "delete", ["DELETE", key_args]) }}
{% endif %}
    }
{% endif %}
{% endmacro %}
{% macro path(index, statement) %}{{ element("", [{"schema": table.schema, "name": index} | qname | rust_str, statement], 12) }}{% endmacro %}
{% macro kept(columns) %}&[{% for column in columns %}{{ column | ident | rust_str }}{{ "" if loop.last else ", " }}{% endfor %}]{% endmacro %}
{% macro key_type(list) %}{% if list | length == 1 %}{{ list[0].rust }}{% else %}({{ list | map(attribute="rust") | join(", ") }}){% endif %}{% endmacro %}
{% set functions = (["given"] if inserted | selectattr("insert", "in", ["default", "nullable"]) | list or patched | selectattr("patch", "eq", "value") | list and table.key else []) + (["patched"] if inserted | selectattr("insert", "eq", "nullable_default") | list or patched | selectattr("patch", "eq", "nullable") | list and table.key else []) + (["set"] if inserted | selectattr("insert", "eq", "required") | list else []) %}
{{ ("@generated by tablec from " ~ table.source ~ ". Do not edit: change the spec and run `tablec generate`.") | doc(marker="//") }}

{% set ns = namespace(uses=table.imports.repository + ["crate::ports", "tablec_runtime::AccessPaths", "tablec_runtime::statement::Given"]) %}
{% for function in functions %}
{% set ns.uses = ns.uses + ["tablec_runtime::statement::" ~ function] %}
{% endfor %}
{{ uses(ns.uses + (["tablec_runtime::Page", "tablec_runtime::statement::Param"] if table.lists else [])) }}
{% if project.blocking %}
#[cfg(feature = "blocking")]
use tablec_runtime::{RowIter, blocking};
{% endif %}
{% if project.asynchronous %}
#[cfg(feature = "async")]
use tablec_runtime::{RowStream, asynchronous};
{% endif %}

/// Every column, in the order in which the row reads them.
macro_rules! columns {
    () => {
        {{ columns_macro(select_list()) }}
    };
}

{% set relation %}{{ table | qname }}{% endset %}
{% set select %}select {columns} from {{ relation }}{% endset %}
{% set versioned %}{% if table.version %} and {{ table.version.column | ident }} = ${{ table.key | length + 1 }}{% endif %}{% endset %}
{% set assignments %}{% if table.version %}{{ table.version.column | ident }} = {{ relation }}.{{ table.version.column | ident }} + 1{, assignments}{% else %}{assignments}{% endif %}{% endset %}
{% macro get_sql() %}{{ select }}{{ conditions(table.key) }}{% endmacro %}
{% macro find_sql(find) %}{{ select }}{{ conditions(find.params, find.predicate) }}{% endmacro %}
{% macro first_sql(list) %}{{ select }}{{ conditions(list.params, list.predicate) }}{{ order_by(list) }}{% endmacro %}
{% macro following_sql(list) %}{{ select }}{{ conditions(list.params, list.predicate) }}{{ after(list) }}{{ order_by(list) }}{% endmacro %}
{% macro stream_sql() %}{{ select }}{{ conditions([]) }}{% endmacro %}
{% macro count_sql() %}select count(*) from {{ relation }}{{ conditions([]) }}{% endmacro %}
{% macro exists_sql() %}select exists (select from {{ relation }}{{ conditions(table.key) }}){% endmacro %}
{% macro insert_sql() %}insert into {{ relation }} {rows} returning {columns}{% endmacro %}
{% macro upsert_sql(upsert) %}insert into {{ relation }} {rows} on conflict ({{ columns_of(upsert.key) }}){% if upsert.predicate %} where {{ upsert.predicate }}{% endif %} do update set {{ assignments }} returning {columns}{% endmacro %}
{% macro update_sql() %}update {{ relation }} set {{ assignments }}{{ conditions(table.key) }}{{ versioned }} returning {columns}{% endmacro %}
{% macro delete_sql() %}{% if table.soft_delete %}update {{ relation }} set {{ table.soft_delete.column | ident }} = {{ table.soft_delete.value }}{% else %}delete from {{ relation }}{% endif %}{{ conditions(table.key) }}{{ versioned }}{% endmacro %}
{% if table.key %}
{{ sql_const("GET", get_sql()) }}
{% endif %}
{% for find in table.finds %}
{{ sql_const(find.constant, find_sql(find)) }}
{% endfor %}
{% for list in table.lists %}
{{ sql_pair(list.constant, first_sql(list), following_sql(list)) }}
{% endfor %}
{{ sql_const("STREAM", stream_sql()) }}
{{ sql_const("COUNT", count_sql()) }}
{% if table.key %}
{{ sql_const("EXISTS", exists_sql()) }}
{% endif %}
{{ sql_const("INSERT", insert_sql()) }}
{% for upsert in table.upserts %}
{{ sql_const(upsert.constant, upsert_sql(upsert)) }}
{% endfor %}
{% if update %}
{{ sql_const("UPDATE", update_sql()) }}
{% endif %}
{% if table.key %}
{{ sql_const("DELETE", delete_sql()) }}
{% endif %}

{{ ("`" ~ table.label ~ "` over PostgreSQL: in a connection" ~ (", a pool" if project.asynchronous else "") ~ " or a transaction.") | doc }}
#[derive(Clone, Debug)]
pub struct {{ names.repository }}<S>(S);

impl<S> {{ names.repository }}<S> {
    /// The indexes that the methods stand on, each with a statement that it must serve.
{% set ns = namespace(paths=[path(table.key_index, "GET")] if table.key else []) %}
{% for find in table.finds %}
{% set ns.paths = ns.paths + [path(find.index, find.constant)] %}
{% endfor %}
{% for list in table.lists %}
{% set ns.paths = ns.paths + [path(list.index, list.constant ~ ("[0]" if list.params else "[1]"))] %}
{% endfor %}
    pub const ACCESS_PATHS: AccessPaths = AccessPaths {
        table: {{ relation | rust_str }},
        indexes: {{ array(ns.paths, 8) }},
    };

    /// Over a session; a reference to one will do.
    pub fn new(session: S) -> Self {
        Self(session)
    }
}

{% if project.blocking %}
#[cfg(feature = "blocking")]
impl<S: blocking::Session> ports::{{ names.port }} for {{ names.repository }}<S> {
{{ methods("blocking") }}
}

{% endif %}
{% if project.asynchronous %}
#[cfg(feature = "async")]
impl<S: asynchronous::Session> ports::{{ names.async_port }} for {{ names.repository }}<S> {
{{ methods("async") }}
}

{% endif %}
{% macro value(column, from, how) %}{% set kind = column[how] %}{{ element("set" if kind == "required" else "patched" if kind == "nullable_default" or (how == "patch" and kind == "nullable") else "given", [column.name | ident | rust_str, column.write_cast | rust_str, "&" ~ from ~ "." ~ column.field], 8) }}{% endmacro %}
{% for part in [{"function": "values", "from": "new", "type": names.new, "how": "insert", "list": inserted}] + ([{"function": "changes", "from": "patch", "type": names.patch, "how": "patch", "list": patched}] if update else []) %}
{% if not loop.first %}

{% endif %}
fn {{ part.function }}({{ part.from if part.list else "_" }}: &{{ part.type }}) -> Vec<Given<'_>> {
{% set ns = namespace(values=[]) %}
{% for column in part.list %}
{% set ns.values = ns.values + [value(column, part.from, part.how)] %}
{% endfor %}
    {{ vec(ns.values, 4) }}
}
{% endfor %}
