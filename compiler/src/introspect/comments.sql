-- Comments on whole objects, without those that came with the server or with an extension.
select d.classoid as class, d.objoid as id, d.description
from pg_description d
where d.objsubid = 0
  and (d.objoid >= 16384 or (d.classoid = 'pg_namespace'::regclass and d.objoid = 2200 and d.description <> 'standard public schema'))
  -- That on the index behind a constraint is part of the constraint.
  and not (d.classoid = 'pg_class'::regclass and d.objoid in (select c.conindid from pg_constraint c where c.contype in ('p', 'u', 'x')))
  -- That on a not-null constraint is part of its table or domain.
  and not (d.classoid = 'pg_constraint'::regclass and exists (select from pg_constraint c where c.oid = d.objoid and c.contype = 'n'))
  and not (d.classoid = 'pg_extension'::regclass and exists (
    select from pg_extension e join pg_available_extensions() a on a.name = e.extname
    where e.oid = d.objoid and (a.comment = d.description or e.extname = 'plpgsql')))
union all
-- That initdb gave it one can be said only by saying that it has none.
select n.tableoid, n.oid, ''
from pg_namespace n
where n.nspname = 'public' and pg_catalog.obj_description(n.oid, 'pg_namespace') is null
