create table old(id serial primary key, name text);
create index by_name on old(name);
