create domain amount as numeric(6,2);
create table fixed (a integer, b amount[]) with (autovacuum_enabled = false, toast.autovacuum_enabled = false);
create table flags (a integer[], b integer[], c boolean);
