-- Foreign-data wrappers, servers and user mappings. A password is not repeated.
select w.tableoid, w.oid, w.fdwowner, 'foreign data wrapper', quote_ident(w.fdwname),
  pg_catalog.concat('CREATE FOREIGN DATA WRAPPER ', quote_ident(w.fdwname),
    case when w.fdwhandler <> 0 then ' HANDLER ' || w.fdwhandler::regproc::text end,
    case when w.fdwvalidator <> 0 then ' VALIDATOR ' || w.fdwvalidator::regproc::text end,
    ' OPTIONS (' || (select string_agg(pg_catalog.format('%I %L', option_name, option_value), ', ') from pg_options_to_table(w.fdwoptions)) || ')'),
  'DROP FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname)
from pg_foreign_data_wrapper w
where w.oid >= 16384
union all
select s.tableoid, s.oid, s.srvowner, 'server', quote_ident(s.srvname),
  pg_catalog.concat('CREATE SERVER ', quote_ident(s.srvname), ' TYPE ' || quote_literal(s.srvtype), ' VERSION ' || quote_literal(s.srvversion),
    ' FOREIGN DATA WRAPPER ', quote_ident(w.fdwname),
    ' OPTIONS (' || (select string_agg(pg_catalog.format('%I %L', option_name, option_value), ', ') from pg_options_to_table(s.srvoptions)) || ')'),
  'DROP SERVER ' || quote_ident(s.srvname)
from pg_foreign_server s
join pg_foreign_data_wrapper w on w.oid = s.srvfdw
where s.oid >= 16384
union all
select 'pg_user_mapping'::regclass, u.umid, 0::oid, 'user mapping', pg_catalog.format('%s on %I', u.role, u.srvname),
  pg_catalog.concat('CREATE USER MAPPING FOR ', u.role, ' SERVER ', quote_ident(u.srvname),
    ' OPTIONS (' || (select string_agg(pg_catalog.format('%I %L', option_name, option_value), ', ')
      from pg_options_to_table(u.umoptions) where option_name <> 'password') || ')'),
  pg_catalog.format('DROP USER MAPPING FOR %s SERVER %I', u.role, u.srvname)
from (select *, case when umuser = 0 then 'public' else quote_ident(usename) end as role from pg_user_mappings) u
where u.umid >= 16384
