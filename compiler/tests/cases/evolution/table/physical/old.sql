create table a (x text, y text compression pglz, z int) with (fillfactor = 60, autovacuum_enabled = false);
alter table a alter z set statistics 50, alter x set storage external;
alter table a replica identity full;
create unlogged table u (id int);
