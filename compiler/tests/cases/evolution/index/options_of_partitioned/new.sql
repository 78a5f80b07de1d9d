create table whole (a integer) partition by range (a);
create index on_whole on whole (a);
