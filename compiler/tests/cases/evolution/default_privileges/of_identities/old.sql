alter default privileges grant usage on sequences to app;
create table stays (id integer generated always as identity, other integer);
create table keyed (id integer not null);
create table changes (id integer generated always as identity);
grant select on sequence changes_id_seq to auditor;
