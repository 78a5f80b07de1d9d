create function code(n int) returns text language sql immutable as $$ select 'x' || n $$;
create table notes (id int, long text generated always as (code(id)) stored);
create index notes_code_idx on notes (code(id));
create function atomic(n int) returns int language sql return n + 1;
create view atomics as select atomic(id) as one from notes;
