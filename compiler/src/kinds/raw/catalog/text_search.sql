-- Text search parsers, templates, dictionaries and configurations.
select p.tableoid, p.oid, 0::oid, 'text search parser', pg_catalog.format('%I.%I', n.nspname, p.prsname),
  pg_catalog.format('CREATE TEXT SEARCH PARSER %I.%I (START = %s, GETTOKEN = %s, END = %s, LEXTYPES = %s%s)', n.nspname, p.prsname,
    p.prsstart, p.prstoken, p.prsend, p.prslextype, case when p.prsheadline <> 0 then ', HEADLINE = ' || p.prsheadline::text end),
  pg_catalog.format('DROP TEXT SEARCH PARSER %I.%I', n.nspname, p.prsname)
from pg_ts_parser p join pg_namespace n on n.oid = p.prsnamespace
where p.oid >= 16384
union all
select t.tableoid, t.oid, 0::oid, 'text search template', pg_catalog.format('%I.%I', n.nspname, t.tmplname),
  pg_catalog.format('CREATE TEXT SEARCH TEMPLATE %I.%I (%sLEXIZE = %s)', n.nspname, t.tmplname,
    case when t.tmplinit <> 0 then pg_catalog.format('INIT = %s, ', t.tmplinit) end, t.tmpllexize),
  pg_catalog.format('DROP TEXT SEARCH TEMPLATE %I.%I', n.nspname, t.tmplname)
from pg_ts_template t join pg_namespace n on n.oid = t.tmplnamespace
where t.oid >= 16384
union all
select d.tableoid, d.oid, d.dictowner, 'text search dictionary', pg_catalog.format('%I.%I', n.nspname, d.dictname),
  pg_catalog.format('CREATE TEXT SEARCH DICTIONARY %I.%I (TEMPLATE = %I.%I%s)', n.nspname, d.dictname, tn.nspname, t.tmplname,
    ', ' || nullif(d.dictinitoption, '')),
  pg_catalog.format('DROP TEXT SEARCH DICTIONARY %I.%I', n.nspname, d.dictname)
from pg_ts_dict d
join pg_namespace n on n.oid = d.dictnamespace
join pg_ts_template t on t.oid = d.dicttemplate
join pg_namespace tn on tn.oid = t.tmplnamespace
where d.oid >= 16384
union all
select c.tableoid, c.oid, c.cfgowner, 'text search configuration', pg_catalog.format('%I.%I', n.nspname, c.cfgname),
  concat_ws(E';\n', pg_catalog.format('CREATE TEXT SEARCH CONFIGURATION %I.%I (PARSER = %I.%I)', n.nspname, c.cfgname, pn.nspname, p.prsname), (
    select string_agg(pg_catalog.format('ALTER TEXT SEARCH CONFIGURATION %I.%I ADD MAPPING FOR %s WITH %s', n.nspname, c.cfgname, alias, dictionaries), E';\n' order by alias)
    from (
      select t.alias, string_agg(m.mapdict::regdictionary::text, ', ' order by m.mapseqno) as dictionaries
      from pg_ts_config_map m
      join ts_token_type(c.cfgparser) t on t.tokid = m.maptokentype
      where m.mapcfg = c.oid
      group by t.alias) mappings)),
  pg_catalog.format('DROP TEXT SEARCH CONFIGURATION %I.%I', n.nspname, c.cfgname)
from pg_ts_config c
join pg_namespace n on n.oid = c.cfgnamespace
join pg_ts_parser p on p.oid = c.cfgparser
join pg_namespace pn on pn.oid = p.prsnamespace
where c.oid >= 16384
