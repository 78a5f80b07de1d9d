-- plpgsql_check's functions, out of sight like the rest: suites that list extensions do not list it.
load 'plpgsql_check';
set allow_system_table_mods = on;
do $$
declare
  home text := (select quote_ident(n.nspname) from pg_extension as e join pg_namespace as n on n.oid = e.extnamespace where e.extname = 'plpgsql_check');
begin
  if home is null then
    home := 'pg_tablec';
    create extension plpgsql_check schema pg_tablec;
    delete from pg_depend where refclassid = 'pg_extension'::regclass and refobjid = (select oid from pg_extension where extname = 'plpgsql_check');
    delete from pg_depend where classid = 'pg_extension'::regclass and objid = (select oid from pg_extension where extname = 'plpgsql_check');
    delete from pg_extension where extname = 'plpgsql_check';
  end if;

  -- The statements of some functions; why not, where a body cannot be read.
  execute format($define$
    create function pg_tablec.statements(functions oid[])
    returns table (function oid, id int, parent int, note text, line int, what text, problem text) language plpgsql as $body$
    declare
      one oid;
    begin
      foreach one in array functions loop
        begin
          return query select one, s.stmtid, s.parent_stmtid, s.parent_note, s.lineno, s.stmtname, null::text
            from %1$s.plpgsql_profiler_function_statements_tb(one) as s;
        exception when others then
          return query select one, null::int, null::int, null::text, null::int, null::text, sqlerrm;
        end;
      end loop;
    end
    $body$
  $define$, home);

  -- How often statements of some functions ran, whatever became of their transactions. All profiles of the database end with
  -- that: the server's memory for them is limited, and the next suite's begin anew.
  execute format($define$
    create function pg_tablec.ran(functions oid[]) returns table (function oid, id int, count bigint) language plpgsql as $body$
    declare
      one oid;
    begin
      for one in select p.funcoid::oid from %1$s.plpgsql_profiler_functions_all() as p loop
        if one = any (functions) then
          begin
            return query select one, s.stmtid, s.exec_stmts from %1$s.plpgsql_profiler_function_statements_tb(one) as s where s.exec_stmts > 0;
          exception when others then
            -- The suite may have replaced or dropped it.
            null;
          end;
        end if;
        perform %1$s.plpgsql_profiler_reset(one);
      end loop;
    end
    $body$
  $define$, home);
end
$$;
reset allow_system_table_mods;
