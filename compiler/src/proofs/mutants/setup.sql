set allow_system_table_mods = on;
create schema pg_tablec;
create function pg_tablec.returns_new() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end
$$;
create function pg_tablec.returns_null() returns trigger language plpgsql as $$
begin
  return null;
end
$$;
create function pg_tablec.returns() returns event_trigger language plpgsql as $$
begin
end
$$;
reset allow_system_table_mods;
