create table todos (id int primary key, name text not null check (name <> ''), done boolean default false);
create index todos_name_idx on todos (name, done) include (id);
create view done_todos as select id, name from todos where done;
create table notes (id int primary key, todo int references todos (id));
