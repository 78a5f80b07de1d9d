alter default privileges grant usage on sequences to app;
create table keyed (id integer not null);
create table many (id integer not null);
