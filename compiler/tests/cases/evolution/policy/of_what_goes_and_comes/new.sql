create table notes (id integer primary key);
create table tasks (id integer primary key);
create view visible as select id from notes;
create policy seen on tasks using (id in (select id from visible));
comment on policy seen on tasks is 'What is counted.';
