create table clustered (a integer primary key, b integer not null, constraint apart unique (a, b));
alter table clustered cluster on apart;
alter table clustered replica identity using index apart;
create table indexed (a integer, b integer);
create index sorted on indexed (a);
alter table indexed cluster on sorted;
