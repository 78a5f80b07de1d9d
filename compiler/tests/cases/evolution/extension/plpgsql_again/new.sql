drop extension plpgsql;
create extension plpgsql;
comment on extension plpgsql is 'ours';
create function f() returns bigint language plpgsql as $$ begin return 2; end $$;
