-- Freezes time inside a transaction, for functions without a search_path of their own: a row whose time is this one was
-- stamped. Written once by `tablec generate`, and yours from now on.
create schema frozen;
create function frozen.now() returns timestamptz language sql stable as $$ select timestamptz '2001-02-03 04:05:06+00' $$;
create function frozen.clock_timestamp() returns timestamptz language sql stable as $$ select timestamptz '2001-02-03 04:05:06+00' $$;
create function frozen.transaction_timestamp() returns timestamptz language sql stable as $$ select timestamptz '2001-02-03 04:05:06+00' $$;
grant usage on schema frozen to public;
select set_config('search_path', 'frozen, pg_catalog, ' || current_setting('search_path'), true) \gset _
