create table clustered (a integer primary key, b integer not null, constraint apart unique (b, a));
alter table clustered cluster on apart;
alter table clustered replica identity using index apart;
create table indexed (a integer, b integer);
create index sorted on indexed (b);
alter table indexed cluster on sorted;
