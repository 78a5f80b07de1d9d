create function total(a int, b int) returns int language sql stable strict parallel safe cost 5 as 'select a + b';
create function label(n int, word text default 'no. ') returns text language sql as $$ select word || n $$;
create function shape(n int) returns table (a int, b text) language sql as $$ select n, 'x' $$;
create function greet() returns text language plpgsql security definer set search_path to 'public' as $$ begin return 'hi'; end $$;
comment on function greet() is 'Says hi.';
grant execute on function label(int, text) to app;
