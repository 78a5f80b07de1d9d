create table a (x text, y text, z int) with (fillfactor = 80, toast.autovacuum_enabled = false);
alter table a alter x set storage main;
alter table a alter z set (n_distinct = 5);
alter table a replica identity nothing;
create table u (id int);
