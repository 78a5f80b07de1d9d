create table t(a int) with (fillfactor=70, autovacuum_enabled=false, parallel_workers=2);
create index i on t(a) with (deduplicate_items=off, fillfactor=70);
