-- Languages, transforms, conversions, access methods.
select l.tableoid, l.oid, l.lanowner, 'language', quote_ident(l.lanname),
  pg_catalog.concat('CREATE ', case when l.lanpltrusted then 'TRUSTED ' end, 'LANGUAGE ', quote_ident(l.lanname), ' HANDLER ', l.lanplcallfoid::regproc,
    case when l.laninline <> 0 then ' INLINE ' || l.laninline::regproc::text end,
    case when l.lanvalidator <> 0 then ' VALIDATOR ' || l.lanvalidator::regproc::text end),
  'DROP LANGUAGE ' || quote_ident(l.lanname)
from pg_language l
where l.oid >= 16384 and l.lanplcallfoid <> 0
union all
select t.tableoid, t.oid, 0::oid, 'transform', pg_catalog.format('FOR %s LANGUAGE %I', format_type(t.trftype, null), l.lanname),
  pg_catalog.format('CREATE TRANSFORM FOR %s LANGUAGE %I (%s)', format_type(t.trftype, null), l.lanname, concat_ws(', ',
    'FROM SQL WITH FUNCTION ' || nullif(t.trffromsql, 0)::regprocedure::text,
    'TO SQL WITH FUNCTION ' || nullif(t.trftosql, 0)::regprocedure::text)),
  pg_catalog.format('DROP TRANSFORM FOR %s LANGUAGE %I', format_type(t.trftype, null), l.lanname)
from pg_transform t
join pg_language l on l.oid = t.trflang
where t.oid >= 16384
union all
select c.tableoid, c.oid, c.conowner, 'conversion', pg_catalog.format('%I.%I', n.nspname, c.conname),
  pg_catalog.format('CREATE %sCONVERSION %I.%I FOR %L TO %L FROM %s', case when c.condefault then 'DEFAULT ' end, n.nspname, c.conname,
    pg_encoding_to_char(c.conforencoding), pg_encoding_to_char(c.contoencoding), c.conproc),
  pg_catalog.format('DROP CONVERSION %I.%I', n.nspname, c.conname)
from pg_conversion c
join pg_namespace n on n.oid = c.connamespace
where c.oid >= 16384
union all
select m.tableoid, m.oid, 0::oid, 'access method', quote_ident(m.amname),
  pg_catalog.format('CREATE ACCESS METHOD %I TYPE %s HANDLER %s', m.amname, case m.amtype when 't' then 'TABLE' else 'INDEX' end, m.amhandler),
  'DROP ACCESS METHOD ' || quote_ident(m.amname)
from pg_am m
where m.oid >= 16384
