create function total(a int, b int) returns int language sql immutable as 'select a + b';
create function label(n int) returns text language sql as $$ select 'no. ' || n $$;
create procedure sweep() language plpgsql as 'begin null; end';
create function shape(n int) returns int language sql as 'select n';
grant execute on function label to app;
