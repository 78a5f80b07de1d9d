drop extension plpgsql;
create extension plpgsql;
comment on extension plpgsql is 'ours';
create function f() returns integer language plpgsql as $$ begin return 1; end $$;
