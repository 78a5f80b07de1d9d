-- Every object that somebody made, with all that is said of it: oid, name, text, whether everything depends on it, and a function's language.
with ours as (
  select n.oid from pg_namespace as n
  where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and n.nspname not like 'pg\_temp%' and n.nspname not like 'pg\_toast%'
),
member as (
  select d.classid, d.objid from pg_depend as d where d.deptype = 'e'
)
select c.oid, c.relname::text as name, false as is_global, '' as language,
  concat_ws(e'\n',
    format('%s %s %s %s %s %s %s %s %s', n.nspname, c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity,
      pg_get_userbyid(c.relowner), c.relacl, c.reloptions, pg_get_expr(c.relpartbound, c.oid)),
    (select string_agg(format('%s %s %s %s %s %s %s %s', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
        a.attgenerated, a.attcollation::regcollation, a.attacl, pg_get_expr(d.adbin, d.adrelid)), e'\n' order by a.attnum)
      from pg_attribute as a left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
    (select string_agg(format('%s %s %s %s', k.conname, k.conrelid::regclass, k.convalidated, pg_get_constraintdef(k.oid)), e'\n' order by k.conrelid::regclass::text, k.conname)
      from pg_constraint as k where k.conrelid = c.oid or k.confrelid = c.oid),
    (select string_agg(pg_get_indexdef(i.indexrelid), e'\n' order by i.indexrelid::regclass::text) from pg_index as i where i.indrelid = c.oid),
    (select string_agg(format('%s %s', pg_get_triggerdef(t.oid), t.tgenabled), e'\n' order by t.tgname)
      from pg_trigger as t where t.tgrelid = c.oid and not t.tgisinternal),
    (select string_agg(format('policy %s %s %s %s %s %s', p.polname, p.polcmd, p.polpermissive, p.polroles::regrole[],
        pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)), e'\n' order by p.polname)
      from pg_policy as p where p.polrelid = c.oid),
    (select string_agg(format('%s %s', pg_get_ruledef(r.oid), r.ev_enabled), e'\n' order by r.rulename) from pg_rewrite as r where r.ev_class = c.oid),
    (select string_agg(format('%s of %s', h.inhrelid::regclass, h.inhparent::regclass), e'\n' order by h.inhrelid::regclass::text)
      from pg_inherits as h where c.oid in (h.inhrelid, h.inhparent)),
    (select format('%s %s %s %s %s %s %s', s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmax, s.seqmin, s.seqcycle,
        pg_sequence_last_value(s.seqrelid)) from pg_sequence as s where s.seqrelid = c.oid),
    -- What stands on it, or goes with it: its sequences, and the views that read it.
    (select string_agg(distinct used.name, e'\n' order by used.name) from (
        select d.objid::regclass::text as name from pg_depend as d join pg_class as s on s.oid = d.objid and s.relkind = 'S'
        where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid
        union all
        select r.ev_class::regclass::text from pg_depend as d join pg_rewrite as r on r.oid = d.objid
        where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid and r.ev_class <> c.oid
      ) as used),
    obj_description(c.oid, 'pg_class')
  ) as text
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S', 'c') and c.relnamespace in (select oid from ours)
  and not exists (select from member as m where m.classid = 'pg_class'::regclass and m.objid = c.oid)
union all
select p.oid, p.proname::text, false, l.lanname::text,
  concat_ws(e'\n', n.nspname, pg_get_userbyid(p.proowner), p.proacl,
    case when p.prokind = 'a'
      then concat_ws(' ', p.oid::regprocedure, (select format('%s %s %s %s %s %s', a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggtranstype::regtype, a.agginitval, a.aggsortop::regoperator) from pg_aggregate as a where a.aggfnoid = p.oid))
      else pg_get_functiondef(p.oid)
    end,
    obj_description(p.oid, 'pg_proc'))
from pg_proc as p
join pg_namespace as n on n.oid = p.pronamespace
join pg_language as l on l.oid = p.prolang
where p.pronamespace in (select oid from ours)
  and not exists (select from member as m where m.classid = 'pg_proc'::regclass and m.objid = p.oid)
union all
select t.oid, t.typname::text, false, '',
  concat_ws(e'\n', n.nspname, t.typtype, t.typacl, t.typnotnull, t.typdefault, format_type(t.typbasetype, t.typtypmod),
    (select string_agg(e.enumlabel, e'\n' order by e.enumsortorder) from pg_enum as e where e.enumtypid = t.oid),
    (select string_agg(format('%s %s', k.conname, pg_get_constraintdef(k.oid)), e'\n' order by k.conname) from pg_constraint as k where k.contypid = t.oid),
    (select format('%s %s %s %s', r.rngsubtype::regtype, r.rngcollation::regcollation, r.rngcanonical, r.rngsubdiff) from pg_range as r where t.oid in (r.rngtypid, r.rngmultitypid)))
from pg_type as t
join pg_namespace as n on n.oid = t.typnamespace
where t.typtype in ('e', 'd', 'r', 'm', 'b') and t.typelem = 0 and t.typnamespace in (select oid from ours)
  and not exists (select from member as m where m.classid = 'pg_type'::regclass and m.objid = t.oid)
union all
select 0, '', true, '', text from (
  select version() as text
  union all select format('extension %s %s %s', extname, extversion, extnamespace::regnamespace) from pg_extension
  union all select format('schema %s %s %s', nspname, pg_get_userbyid(nspowner), nspacl) from pg_namespace where oid in (select oid from ours)
  union all select format('role %s %s %s %s %s', rolname, rolsuper, rolinherit, rolbypassrls, rolconnlimit) from pg_roles where rolname not like 'pg\_%'
  union all select format('member %s %s', roleid::regrole, member::regrole) from pg_auth_members
  union all select format('setting %s %s', case when setrole = 0 then '' else setrole::regrole::text end, setconfig) from pg_db_role_setting
    where setdatabase in (0, (select oid from pg_database where datname = current_database()))
  union all select format('cast %s %s %s %s', castsource::regtype, casttarget::regtype, castfunc::regproc, castcontext) from pg_cast where oid >= 16384
  union all select format('operator %s %s', oid::regoperator, oprcode) from pg_operator where oid >= 16384
  union all select format('operator class %s %s %s', opcname, opcintype::regtype, opcdefault) from pg_opclass where oid >= 16384
  union all select format('collation %s %s %s', collname, collprovider, collcollate) from pg_collation where oid >= 16384
  union all select format('event trigger %s %s %s %s %s', evtname, evtevent, evtfoid::regproc, evtenabled, evttags) from pg_event_trigger
  union all select format('default %s %s %s %s', pg_get_userbyid(defaclrole), case when defaclnamespace = 0 then '' else defaclnamespace::regnamespace::text end, defaclobjtype, defaclacl) from pg_default_acl
  union all select format('search %s', cfgname) from pg_ts_config where oid >= 16384
  union all select format('search map %s %s %s %s', mapcfg::regconfig, maptokentype, mapseqno, mapdict::regdictionary) from pg_ts_config_map where mapcfg >= 16384
  union all select format('dictionary %s %s', dictname, dictinitoption) from pg_ts_dict where oid >= 16384
  union all select format('server %s %s', srvname, srvoptions) from pg_foreign_server
) as global
order by 2, 5
