{% macro now(name) %}
set constraints {{ name|ident }} immediate;
set constraints {{ name|ident }} deferred;
{% endmacro %}
{% macro insert(row) %}
insert into {{ row.table|qname }} {% if row.columns %}({{ row.columns|idents }})
  values ({% for value in row.values %}{{ value }}{{ ", " if not loop.last }}{% endfor %}){% else %}default values{% endif %};
{% endmacro %}
{{ names|sql_comment }}
-- Begun by `tablec generate`, and yours from now on: it is not written again.
-- Each assertion fails until you say what the trigger does. A value that the table does not take is yours to replace, too.
begin;
{% if frozen %}

-- From here on it is 2001-02-03 04:05:06 UTC for functions without a search_path of their own.
\ir _frozen_time.sql
{% endif %}
select plan({{ plan }});

{% for parent in parents %}
{{ insert(parent) }}
{%- endfor %}
{% if row %}
{{ insert(row) }}
{%- else %}
-- Insert here what the view is to show.
{% endif %}
{% for trigger in triggers if trigger.insert or trigger.update or trigger.when %}

{{ trigger.name|sql_comment }}
{% if trigger.insert %}
select fail({{ (trigger.name ~ ": what does it do on insert?")|lit }});
{% endif %}
{% if trigger.update %}
update {{ relation|qname }} set {{ trigger.update }};
{% if trigger.deferred %}{{ now(trigger.name) }}{% endif %}
select fail({{ (trigger.name ~ ": what does it do on update?")|lit }});
{% endif %}
{% if trigger.when %}
select fail({{ (trigger.name ~ ": what stays as it is where its condition is not true?")|lit }});
{% endif %}
{% endfor %}
{% for last in emptying %}

{{ last.statement }};
{% for name in last.deferred %}{{ now(name) }}{% endfor %}
{% for name in last.triggers %}
select fail({{ (name ~ ": what does it do on " ~ last.event ~ "?")|lit }});
{% endfor %}
{% endfor %}

select * from finish();
rollback;
