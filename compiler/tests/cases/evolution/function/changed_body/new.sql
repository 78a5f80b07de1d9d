create function code(n int) returns text language sql immutable as $$ select 'y' || n $$;
create table notes (id int, long text generated always as (code(id)) stored);
create index notes_code_idx on notes (code(id));
create function atomic(n int, m int default 2) returns int language sql begin atomic; select n + m; end;
create view atomics as select atomic(id) as one from notes;
