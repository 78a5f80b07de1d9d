create domain amount as real;
create table fixed (a integer, b amount) with (autovacuum_enabled = false, toast.autovacuum_enabled = false);
create table flags (a boolean, b boolean[], c integer[]);
