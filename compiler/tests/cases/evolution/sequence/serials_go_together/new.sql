create table notes (id integer not null, label text, primary key (id));
create table tasks (id integer not null);
create table others (id integer not null);
