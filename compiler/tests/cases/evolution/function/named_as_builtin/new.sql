create function lower(text) returns text language sql immutable as $$select 'x'$$;
create function "left"(text, int) returns text language sql immutable as $$select 'x'$$;
create table t (a text, check (public.lower(a) <> 'y'), b text default public."left"('abc', 1), c text generated always as (lower(a)) stored);
create view v as select public.lower(a), lower(b) as m, public."left"(a, 1), "left"(a, 1) as l from t;
create function suppress_redundant_updates_trigger() returns trigger language plpgsql as $$begin return new; end$$;
create trigger t_own before update on t for each row execute function public.suppress_redundant_updates_trigger();
comment on function public.suppress_redundant_updates_trigger() is 'our own';
create procedure abs(a int) language sql as 'select 1';
revoke execute on procedure public.abs(int) from public;
