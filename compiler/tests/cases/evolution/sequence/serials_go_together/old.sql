create table notes (id integer not null, first serial, "Second one" serial, label text, primary key (id));
create table tasks (
  id integer not null,
  number serial,
  place serial,
  -- What calls several goes before all of them.
  mixed integer default nextval('tasks_number_seq') + nextval('tasks_place_seq')
);
alter table tasks alter number set default nextval('tasks_place_seq');
create table others (id integer not null, borrowed integer default nextval('tasks_number_seq'), own serial);
