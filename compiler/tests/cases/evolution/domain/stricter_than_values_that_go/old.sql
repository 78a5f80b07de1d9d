create domain code as text;
create domain size as integer;
create table parcel (id integer primary key, code code, width size, height size, note text);
create table letter (id integer primary key, code code);
