create function lower(text) returns text language sql immutable as $$select 'x'$$;
create table t (a text);
