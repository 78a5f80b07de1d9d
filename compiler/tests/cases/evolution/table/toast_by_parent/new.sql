create table base (a integer, c text);
create table heir (b integer) inherits (base) with (autovacuum_enabled = false, toast.autovacuum_enabled = false);
