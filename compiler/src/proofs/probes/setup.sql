-- The names are the system's: suites that list schemas do not list this one.
set allow_system_table_mods = on;
create schema pg_tablec;

-- Arguments: the trigger's name, then a sequence for each of insert, update, delete and truncate.
create function pg_tablec.fired() returns trigger language plpgsql security definer as $$
declare
  state "char";
  counter regclass := case tg_op
    when 'INSERT' then tg_argv[1] when 'UPDATE' then tg_argv[2] when 'DELETE' then tg_argv[3] else tg_argv[4]
  end::oid::regclass;
begin
  select t.tgenabled into state from pg_catalog.pg_trigger as t where t.tgrelid = tg_relid and t.tgname = tg_argv[0];
  if state = 'A' or state = (case pg_catalog.current_setting('session_replication_role') when 'replica' then 'R' else 'O' end) then
    perform pg_catalog.setval(counter, coalesce(pg_catalog.pg_sequence_last_value(counter), 0) + 1);
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end
$$;

-- An event trigger fires.
create function pg_tablec.happened(trigger text, counter oid) returns void language plpgsql as $$
declare
  state "char";
begin
  select t.evtenabled into state from pg_catalog.pg_event_trigger as t where t.evtname = trigger;
  if state = 'A' or state = (case pg_catalog.current_setting('session_replication_role') when 'replica' then 'R' else 'O' end) then
    perform pg_catalog.setval(counter::regclass, coalesce(pg_catalog.pg_sequence_last_value(counter::regclass), 0) + 1);
  end if;
end
$$;

-- What a policy says of a row. A read-only transaction may not move a sequence.
create function pg_tablec.said(counter oid, answer boolean) returns boolean language plpgsql security definer as $$
begin
  if pg_catalog.current_setting('transaction_read_only') = 'off' then
    perform pg_catalog.setval(counter::regclass, coalesce(pg_catalog.pg_sequence_last_value(counter::regclass), 0) + 1);
  end if;
  return answer;
end
$$;
grant usage on schema pg_tablec to public;
