create table notes (id bigint, span int4range) with (fillfactor = 70, toast.autovacuum_enabled = false);
create table kept (id bigint, span int4range, body text) with (toast.autovacuum_enabled = false);
