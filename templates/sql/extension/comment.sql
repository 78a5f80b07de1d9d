{% if comment %}
comment on extension {{ name.name|ident }} is {{ comment|lit }};
{%- else %}
do $$
begin
  execute format('comment on extension %I is %L', {{ name.name|lit }},
    (select comment from pg_available_extensions where name = {{ name.name|lit }}));
end
$$;
{%- endif %}
