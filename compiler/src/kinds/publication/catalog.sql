-- Publications.
select p.tableoid as class, p.oid as id, '' as schema, '' as parent, p.pubname as name, p.pubowner as owner,
  pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
    'all_tables', p.puballtables,
    'tables', (
      select pg_catalog.json_object_agg(pg_catalog.concat(quote_ident(n.nspname), '.', quote_ident(c.relname)), pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
        'columns', (select pg_catalog.json_agg(a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum = any (r.prattrs::int2[])), --15
        'predicate', pg_get_expr(r.prqual, r.prrelid) --15
      )))
      from pg_publication_rel r
      join pg_class c on c.oid = r.prrelid
      join pg_namespace n on n.oid = c.relnamespace
      where r.prpubid = p.oid),
    'schemas', (select pg_catalog.json_agg(n.nspname) from pg_publication_namespace s join pg_namespace n on n.oid = s.pnnspid where s.pnpubid = p.oid), --15
    'options', (
      select pg_catalog.json_object_agg(name, value) from (values
        ('publish', case when not (p.pubinsert and p.pubupdate and p.pubdelete and p.pubtruncate) then concat_ws(', ',
          case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
          case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end) end),
        ('publish_generated_columns', case p.pubgencols when 's' then 'stored' end), --18
        ('publish_via_partition_root', case when p.pubviaroot then 'true' end)) options(name, value)
      where value is not null)))::text as body
from pg_publication p
