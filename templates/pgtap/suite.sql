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
{%- endif %}
{% if through %}
-- Through the view.
{{ insert(through) }}
{%- endif %}
{% for trigger in triggers if trigger.insert or trigger.update or trigger.when %}

{{ trigger.name|sql_comment }}
{% if trigger.insert %}
select fail({{ (trigger.name ~ ": what does it do on insert?")|lit }});
{% endif %}
{% if trigger.refused %}
select throws_ok(
  {{ trigger.refused|lit }},
  null, 'What does it say?', {{ (trigger.name ~ ": what does it refuse on update?")|lit }}
);
{% elif trigger.update %}
update {{ relation|qname }} set {{ trigger.update }};
{% if trigger.deferred %}{{ now(trigger.name) }}{% endif %}
select fail({{ (trigger.name ~ ": what does it do on update?")|lit }});
{% endif %}
{% if trigger.when %}
select fail({{ (trigger.name ~ ": what stays as it is where its condition is not true?")|lit }});
{% endif %}
{% endfor %}
{% for last in emptying %}

{% if last.refused %}
{% for name in last.triggers %}
select throws_ok(
  {{ last.refused|lit }},
  null, 'What does it say?', {{ (name ~ ": what does it refuse on " ~ last.event ~ "?")|lit }}
);
{% endfor %}
{% else %}
{{ last.statement }};
{% for name in last.deferred %}{{ now(name) }}{% endfor %}
{% endif %}
{% for name in last.triggers if not last.refused %}
select fail({{ (name ~ ": what does it do on " ~ last.event ~ "?")|lit }});
{% endfor %}
{% endfor %}

select * from finish();
rollback;
