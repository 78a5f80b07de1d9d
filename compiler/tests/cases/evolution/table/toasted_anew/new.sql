create table notes (id integer, words tsvector) with (fillfactor = 70, toast.autovacuum_enabled = false);
create table kept (id integer, words tsvector, body text) with (toast.autovacuum_enabled = false);
