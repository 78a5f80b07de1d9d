create table notes (id integer primary key);
create table tasks (id integer primary key);
create view visible as select id, row_number() over (order by id) as place from notes;
create materialized view counted as select id from visible;
create policy seen on tasks using (id in (select id from counted));
comment on policy seen on tasks is 'What is counted.';
