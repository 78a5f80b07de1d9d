-- Collations.
select c.tableoid as class, c.oid as id, n.nspname as schema, '' as parent, c.collname as name, c.collowner as owner,
  pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
    'provider', case c.collprovider when 'c' then 'libc' when 'i' then 'icu' when 'b' then 'builtin' else 'default' end,
    'locale', case when c.collcollate = c.collctype then c.collcollate end, --<15
    'locale', coalesce(c.colliculocale, case when c.collcollate = c.collctype then c.collcollate end), --15 <17
    'locale', coalesce(c.colllocale, case when c.collcollate = c.collctype then c.collcollate end), --17
    'rules', c.collicurules, --16
    'lc_collate', case when c.collcollate <> c.collctype then c.collcollate end,
    'lc_ctype', case when c.collcollate <> c.collctype then c.collctype end,
    'nondeterministic', case when not c.collisdeterministic then true end))::text as body
from pg_collation c
join pg_namespace n on n.oid = c.collnamespace
where c.oid >= 16384 and n.nspname not like 'pg\_%'
