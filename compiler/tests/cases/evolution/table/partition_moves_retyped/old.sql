create domain worth as integer;
create table whole (a integer not null, b worth default 6) partition by range (a);
create table part partition of whole default partition by list (a);
create table leaf partition of part for values in (12);
