-- Extensions. The schema is said where it is not the one that CREATE EXTENSION chooses: the first of the search path
-- or, for those that are bound to the system's, pg_catalog. The version is said where it is not the server's default. plpgsql is in
-- every database, also where it was created again.
select e.tableoid as class, e.oid as id, '' as schema, '' as parent, e.extname as name, 0::oid as owner,
  pg_catalog.concat('{', string_agg(fact, ','), '}') as body
from pg_extension e
join pg_namespace n on n.oid = e.extnamespace
left join pg_available_extensions() a on a.name = e.extname
left join lateral (values
  (case when n.nspname not in (current_schema(), 'pg_catalog') then pg_catalog.concat('"schema":', pg_catalog.to_json(n.nspname)) end),
  (case when a.default_version <> e.extversion then pg_catalog.concat('"version":', pg_catalog.to_json(e.extversion)) end)
) facts(fact) on fact is not null
where e.oid >= 16384 and e.extname <> 'plpgsql'
group by e.tableoid, e.oid, e.extname
