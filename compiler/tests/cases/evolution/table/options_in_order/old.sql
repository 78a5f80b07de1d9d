create table t(a int) with (fillfactor=50, autovacuum_enabled=false, parallel_workers=2);
create index i on t(a) with (fillfactor=60, deduplicate_items=off);
