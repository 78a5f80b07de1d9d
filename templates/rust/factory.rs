{% set names = table.names %}
{% set plan = table.factory %}
{% macro made(make) %}{% for newtype in make.newtypes %}{{ newtype }}({% endfor -%}
{%- if make.call == "path" -%}{{ make.text }}
{%- elif make.call == "vec" -%}Vec::new()
{%- elif make.call == "literal" -%}{{ make.text | rust_str }}.to_owned()
{%- elif make.call in ["make", "pattern", "parse"] -%}n.{{ make.call }}({{ make.text | rust_str }})
{%- elif make.call == "label" and "::" in make.text -%}n.one_of({{ make.text }})
{%- elif make.call == "label" -%}n.one_of(&[{% for item in make.items %}{{ item }}{{ "" if loop.last else ", " }}{% endfor %}])
{%- elif make.call == "one_of" -%}n.text_of(&[{% for item in make.items %}{{ item | rust_str }}{{ "" if loop.last else ", " }}{% endfor %}])
{%- elif make.call == "integer" -%}n.integer({{ make.numbers[0] | number }}, {{ make.numbers[1] | number }})
{%- elif make.call == "numeric" -%}n.numeric({{ make.numbers[0] | number }}, {{ make.numbers[1] | number }})
{%- else -%}n.text({{ make.text | rust_str }}, {{ make.numbers[0] | number }}, {{ make.numbers[1] | number }})
{%- endif -%}
{% for newtype in make.newtypes %}){% endfor %}{% endmacro %}
{% macro wrapped(value, text) %}{{ value.wrap ~ "(" if value.wrap else "" }}{{ text }}{{ ")" if value.wrap else "" }}{% endmacro %}
{% macro field(value) %}
{%- if value.kind == "link" -%}
{{ element(value.field ~ ": " ~ ("Some(" if value.wrap == "Some" else "Patch::Set(" if value.wrap else "") ~ "n.link", ["self." ~ value.field ~ ("" if value.copy else ".clone()"), value.column | rust_str], 12) }}{{ ")" if value.wrap else "" }}
{%- elif value.kind == "argument" -%}
{{ value.field }}: {{ wrapped(value, "self." ~ value.field ~ ("" if value.copy else ".clone()")) }}
{%- elif value.kind == "keep" -%}
{{ value.field }}: Patch::Keep
{%- elif value.kind == "none" -%}
{{ value.field }}: None
{%- else -%}
{{ value.field }}: {{ wrapped(value, made(value.make)) }}
{%- endif -%}
{% endmacro %}
{% macro parents(mode) %}
{% set wait = "" if mode == "blocking" else ".await" %}
{% set suffix = "" if mode == "blocking" else "_async" %}
{% for parent in plan.parents %}
        if {{ is_missing(parent) }} {
            let mut parent = {{ parent.create_factory }}(self.world);
{% for fill in parent.fills if fill.settable %}
            parent.{{ fill.from }} = self.{{ fill.field }}{{ "" if fill.copy else ".clone()" }};
{% endfor %}
            let parent = parent.shared{{ suffix }}(db){{ wait }}?;
{{ fill_all(parent, "            ") }}
        }
{% endfor %}
{% endmacro %}
{% macro filled(fill) %}{% set value = "parent." ~ fill.from ~ ".0" * fill.unwrap ~ ("" if fill.copy else ".clone()") %}{% for newtype in fill.wrap %}{{ newtype }}({% endfor %}{{ (fill.to ~ "::" ~ fill.convert ~ "(" ~ value ~ ")" ~ ("?" if fill.convert == "try_from" else "") if fill.convert else value) | attribute }}{% for newtype in fill.wrap %}){% endfor %}{% endmacro %}
{% macro fill_all(parent, indent) %}
{% for fill in parent.fills %}
{{ indent | attribute }}self.{{ fill.field }} = Some({{ filled(fill) }});
{% endfor %}
{% endmacro %}
{% macro is_missing(parent) %}{% for fill in parent.fills %}self.{{ fill.field }}.is_none(){% if not loop.last %} || {% endif %}{% endfor %}{% endmacro %}
{% macro list(parent) %}{{ (parent.fills | last).from_name }}_parents{% endmacro %}
{% macro creating(mode) %}
{% set wait = "" if mode == "blocking" else ".await" %}
{% set suffix = "" if mode == "blocking" else "_async" %}
{% set session = "&mut impl blocking::Session" if mode == "blocking" else "&impl asynchronous::Session" %}
{% set fn = "pub fn " if mode == "blocking" else "pub async fn " %}
{% set port = names.port if mode == "blocking" else names.async_port %}
    /// Creates a row, and the parents it needs.
    {{ feature(mode) }}
{{ signature("    " ~ fn ~ "create" ~ suffix, "&mut self", ["db: " ~ session], " -> Result<" ~ names.row ~ ", BoxError> {") }}
        let mut rows = self.create_many{{ suffix }}(1, db){{ wait }}?;
        rows.pop().ok_or_else(|| "nothing was inserted".into())
    }

    {{ ("Creates rows in one statement, and before them the parents they need." ~ (" No more than " ~ plan.most ~ " differ in their keys." if plan.most is not none else "")) | doc(indent=4) }}
    {{ feature(mode) }}
{{ signature("    " ~ fn ~ "create_many" ~ suffix, "&mut self", ["count: usize", "db: " ~ session], " -> Result<Vec<" ~ names.row ~ ">, BoxError> {") }}
{{ parents(mode) -}}
{% if plan.own_parents %}
{% for parent in plan.own_parents %}
        let {{ list(parent) }} = if {{ is_missing(parent) }} {
            let mut parent = {{ parent.create_factory }}(self.world);
{% for fill in parent.fills if fill.settable %}
            parent.{{ fill.from }} = self.{{ fill.field }}{{ "" if fill.copy else ".clone()" }};
{% endfor %}
            parent.create_many{{ suffix }}(count, db){{ wait }}?
        } else {
            Vec::new()
        };
{% endfor %}
{% for fill in plan.own_fills %}
        let given_{{ fill.from_name }} = self.{{ fill.field }}{{ "" if fill.copy else ".clone()" }};
{% endfor %}
        let mut rows = Vec::with_capacity(count);
        for at in 0..count {
{% for parent in plan.own_parents %}
            if let Some(parent) = {{ list(parent) }}.get(at) {
{{ fill_all(parent, "                ") }}
            }
{% endfor %}
            rows.push(self.build());
        }
{% for fill in plan.own_fills %}
        self.{{ fill.field }} = given_{{ fill.from_name }};
{% endfor %}
{% else %}
        let rows: Vec<_> = (0..count).map(|_| self.build()).collect();
{% endif %}
        let {{ "mut " if mode == "blocking" else "" }}repository = {{ names.repository }}::new(db);
{{ call("        let inserted = ports::" ~ port ~ "::insert_many", ["&mut repository" if mode == "blocking" else "&repository", "&rows"], wait ~ "?;") }}
        Ok(inserted)
    }

{% if plan.is_shared %}
    /// The row that all children of this world share as their parent, if it has the links given here.
    {{ feature(mode) }}
{{ signature("    pub(super) " ~ ("fn " if mode == "blocking" else "async fn ") ~ "shared" ~ suffix, "&mut self", ["db: " ~ session], " -> Result<" ~ names.row ~ ", BoxError> {") }}
{% if plan.links %}
        let shared: Option<{{ names.row }}> = self.world.shared();
{% for link in plan.links %}
        let shared = shared.filter(|row| is_or_any(self.{{ link.field }}.as_ref(), &row.{{ link.field }}));
{% endfor %}
        if let Some(row) = shared {
            return Ok(row);
        }
{% else %}
        if let Some(row) = self.world.shared() {
            return Ok(row);
        }
{% endif %}
        let row = self.create{{ suffix }}(db){{ wait }}?;
        self.world.share(&row);
        Ok(row)
    }
{% endif %}
{% endmacro %}
{% macro feature(mode) %}#[cfg(feature = {{ mode | rust_str }})]{% endmacro %}
{{ ("@generated by tablec from " ~ table.source ~ ". Do not edit: change the spec and run `tablec generate`.") | doc(marker="//") }}

{{ uses(table.imports.factory + ["crate::ports", "tablec_runtime::BoxError", "tablec_runtime::factory::Changes", "tablec_runtime::factory::World"] + (["tablec_runtime::factory::is_or_any"] if plan.links and plan.is_shared else []) + (["tablec_runtime::Patch"] if plan.values | selectattr("kind", "eq", "keep") | list or plan.values | selectattr("wrap", "eq", "Patch::Set") | selectattr("kind", "ne", "none") | list else [])) }}
{% if project.asynchronous %}
#[cfg(feature = "async")]
use tablec_runtime::asynchronous;
{% endif %}
{% if project.blocking %}
#[cfg(feature = "blocking")]
use tablec_runtime::blocking;
{% endif %}

{{ ("Makes rows of `" ~ table.label ~ "`" ~ ("; what is asked for, only the caller knows" if plan.arguments else "") ~ ".") | doc }}
{{ signature("pub fn " ~ names.create_factory, "world: &mut World", plan.arguments | params("rust"), " -> " ~ names.factory ~ "<'_> {") }}
    {{ names.factory }} {
        world,
        changes: Vec::new(),
{% for argument in plan.arguments %}
        {{ argument.field }},
{% endfor %}
{% for link in plan.links %}
        {{ link.field }}: None,
{% endfor %}
    }
}

{{ ("Rows of `" ~ table.label ~ "` for tests: values follow from the world's seed; parents are made once and shared.") | doc }}
#[must_use]
pub struct {{ names.factory }}<'w> {
    world: &'w mut World,
    changes: Changes<'w, {{ names.new }}>,
{% for argument in plan.arguments %}
    {{ argument.field }}: {{ argument.rust }},
{% endfor %}
{% for link in plan.links %}
    {{ 'pub(super) ' | attribute if plan.is_parent else '' }}{{ link.field }}: Option<{{ link.rust }}>,
{% endfor %}
}

impl<'w> {{ names.factory }}<'w> {
    /// Changes each row before it is created.
    pub fn with(mut self, change: impl Fn(&mut {{ names.new }}) + Send + Sync + 'w) -> Self {
        self.changes.push(Box::new(change));
        self
    }

{% for link in plan.links %}
    {{ ("Rows with this `" ~ link.column ~ "`.") | doc(indent=4) }}
{{ signature("    pub fn " ~ link.setter, "mut self", [link.field ~ ": " ~ link.rust], " -> Self {") }}
        self.{{ link.field }} = Some({{ link.field }});
        self
    }

{% endfor %}
{% for label in plan.labels %}
    {{ ("Rows that are `" ~ label.label ~ "`.") | doc(indent=4) }}
    pub fn {{ label.name }}(self) -> Self {
        self.with(|new| new.{{ label.field }} = {{ wrapped(label, label.value) }})
    }

{% endfor %}
{% if plan.links %}
    /// A row that is in no database; what its foreign keys refer to need not be there either.
{% else %}
    /// A row that is in no database.
{% endif %}
    pub fn build(&mut self) -> {{ names.new }} {
        {{ "let n = " | attribute if plan.numbered else "" }}self.world.sample({{ table.label | rust_str }});
{% if plan.values %}
{% set ns = namespace(fields=[]) %}
{% for value in plan.values %}
{% set ns.fields = ns.fields | append(field(value)) %}
{% endfor %}
{{ struct_literal("        let mut new = " ~ names.new, ns.fields, ";") }}
{% else %}
        let mut new = {{ names.new }} {};
{% endif %}
        for change in &self.changes {
            change(&mut new);
        }
        new
    }

{% if project.blocking %}
{{ creating("blocking") }}

{% endif %}
{% if project.asynchronous %}
{{ creating("async") }}
{% endif %}
}
