{% set names = table.names %}
{% set inserted = table.columns | selectattr("insert") | list %}
{% set patched = table.columns | selectattr("patch") | list %}
{% set update = table.key and patched %}
{% set check_new = table.lengths | selectattr("insert") | list %}
{% set check_patch = table.lengths | selectattr("patch") | list %}
{% set version = "&" ~ table.version.field if table.version else "" %}
{% set stale = names.error ~ "::Stale" %}
{% set hidden %}{% if table.soft_delete %}{{ table.soft_delete.column | ident }} is null{% endif %}{% endset %}
{% macro select_list() %}{% for column in table.columns %}{{ column.name | ident }}{{ ("::" ~ column.read_cast) if column.read_cast else "" }}{{ "" if loop.last else ", " }}{% else %}null{% endfor %}{% endmacro %}
{% macro key_is(list, from=1) %}{% for param in list %}{{ "" if loop.first else " and " }}{% if param.lower %}lower({{ param.column | ident }}) = lower(${{ loop.index0 + from }}){% else %}{{ param.column | ident }} = ${{ loop.index0 + from }}{% endif %}{% endfor %}{% endmacro %}
{% macro conditions(list, predicate=none) %}
{%- if list %} where {{ key_is(list) }}{% endif %}
{%- if predicate %}{{ " and (" if list else " where (" }}{{ predicate }}){% endif %}
{%- if hidden %}{{ " and " if list or predicate else " where " }}{{ hidden }}{% endif %}
{%- endmacro %}
{% macro columns_of(list) %}{% for param in list %}{% if param.lower %}lower({{ param.column | ident }}){% else %}{{ param.column | ident }}{% endif %}{{ "" if loop.last else ", " }}{% endfor %}{% endmacro %}
{% macro order_by(list) %} order by {% for param in list.order %}{{ param.column | ident }}{{ " desc" if list.descending else "" }}{{ "" if loop.last else ", " }}{% endfor %} limit ${{ list.params | length + 1 }}{% endmacro %}
{% macro after(list) %}{% set n = list.params | length + 2 %}{{ " and " if list.params or list.predicate or hidden else " where " }}{% if list.order | length == 1 %}{{ list.order[0].column | ident }} {{ ("<" if list.descending else ">") | operator }} ${{ n }}{% else %}({% for param in list.order %}{{ param.column | ident }}{{ "" if loop.last else ", " }}{% endfor %}) {{ ("<" if list.descending else ">") | operator }} ({% for param in list.order %}${{ loop.index0 + n }}{{ "" if loop.last else ", " }}{% endfor %}){% endif %}{% endmacro %}
{% macro cursor(order) %}{% if order | length == 1 %}|{{ order[0].field }}| vec![{{ order[0].field }} as Param]{% else %}|({{ order | map(attribute="field") | join(", ") }})| vec![{% for param in order %}{{ param.field }}{{ " as Param" if loop.first else "" }}{{ "" if loop.last else ", " }}{% endfor %}]{% endif %}{% endmacro %}
{% macro methods(mode) %}
{% set head = "    fn " if mode == "blocking" else "    async fn " %}
{% set receiver = "&mut self" if mode == "blocking" else "&self" %}
{% set module = "        blocking::" if mode == "blocking" else "        asynchronous::" %}
{% set session = "&mut self.0" if mode == "blocking" else "&self.0" %}
{% set tail = "" if mode == "blocking" else ".await" %}
{% set stream = "RowIter<'_, " if mode == "blocking" else "RowStream<'static, " %}
{% set end = ", " ~ names.error ~ "> {" %}
{% for method in table.methods %}
{% set kind = method.kind %}
{% if kind == "stream" %}
{{ signature(head ~ "stream", receiver, [], " -> Result<" ~ stream ~ names.row ~ ", " ~ names.error ~ ">" ~ end) }}
{{ call(module ~ "stream", [session, method.constant, method.arguments], tail) }}
{% else %}
{{ signature(head ~ method.name, receiver, method.params, " -> Result<" ~ method.result ~ end) }}
{% if kind == "get" or kind == "find" %}
{{ call(module ~ "optional", [session, method.constant, method.arguments], tail) }}
{% elif kind == "list" %}
{{ call(module ~ "page", [session, method.constant, method.arguments, cursor(method.order), "page"], tail) }}
{% elif kind == "count" or kind == "exists" %}
{{ call(module ~ "value", [session, method.constant, method.arguments], tail) }}
{% elif kind == "insert" %}
{% if check_new %}
        new.check()?;
{% endif %}
{{ call(module ~ "insert", [session, method.constant, "values(new)"], tail) }}
{% elif kind == "insert_many" %}
{% if check_new %}
        new.iter().try_for_each({{ names.new }}::check)?;
{% endif %}
        let rows: Vec<_> = new.iter().map(values).collect();
{{ call(module ~ "insert_many", [session, method.constant, "&rows"], tail) }}
{% elif kind == "upsert" %}
{% if check_new %}
        new.check()?;
{% endif %}
{{ call(module ~ "upsert", [session, method.constant, "values(new)", kept(method.keep)], tail) }}
{% elif kind == "update" %}
{% if check_patch %}
        patch.check()?;
{% endif %}
{% if table.version %}
{{ call(module ~ "update_version", [session, "[UPDATE, EXISTS]", "&changes(patch)", method.arguments, version, stale], tail) }}
{% else %}
{{ call(module ~ "update", [session, "[UPDATE, GET]", "&changes(patch)", method.arguments], tail) }}
{% endif %}
{% elif table.version %}
{{ call(module ~ "delete_version", [session, "[DELETE, EXISTS]", method.arguments, version, stale], tail) }}
{% else %}
{{ call(module ~ "delete", [session, method.constant, method.arguments], tail) }}
{% endif %}
{% endif %}
    }

{% endfor %}
{% endmacro %}
{% macro path(index, statement) %}{{ element("", [{"schema": table.schema, "name": index} | qname | rust_str, statement], 12) }}{% endmacro %}
{% macro kept(columns) %}&[{% for column in columns %}{{ column | ident | rust_str }}{{ "" if loop.last else ", " }}{% endfor %}]{% endmacro %}
{% set functions = (["given"] if inserted | selectattr("insert", "in", ["default", "nullable"]) | list or patched | selectattr("patch", "eq", "value") | list and table.key else []) + (["patched"] if inserted | selectattr("insert", "eq", "nullable_default") | list or patched | selectattr("patch", "eq", "nullable") | list and table.key else []) + (["set"] if inserted | selectattr("insert", "eq", "required") | list else []) %}
{{ ("@generated by tablec from " ~ table.source ~ ". Do not edit: change the spec and run `tablec generate`.") | doc(marker="//") }}

{% set ns = namespace(uses=table.imports.repository + ["crate::ports", "tablec_runtime::AccessPaths", "tablec_runtime::statement::Given"]) %}
{% for function in functions %}
{% set ns.uses = ns.uses | append("tablec_runtime::statement::" ~ function) %}
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
{% set ns.paths = ns.paths | append(path(find.index, find.constant)) %}
{% endfor %}
{% for list in table.lists %}
{% set ns.paths = ns.paths | append(path(list.index, list.constant ~ ("[0]" if list.params else "[1]"))) %}
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
{% set ns.values = ns.values | append(value(column, part.from, part.how)) %}
{% endfor %}
    {{ vec(ns.values, 4) }}
}
{% endfor %}
