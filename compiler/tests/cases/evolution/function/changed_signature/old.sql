create function code(n int) returns text language sql immutable as $$ select 'x' || n $$;
create table notes (id int, code text default code(1), long text generated always as (code(id)) stored, constraint notes_code_check check (code(id) <> ''));
create index notes_code_idx on notes (code(id));
create view codes as select code(id) as code from notes;
create function twice(n int) returns text language sql as 'select code(n) || code(n)';
create domain coded as int check (code(value) <> '');
create policy own on notes using (code(id) <> 'y');
alter table notes enable row level security;
comment on function code(int) is 'A code.';
