create domain code as text not null;
create domain size as integer constraint size_is_positive check (value > 0);
create table parcel (id integer primary key, width integer, height size, note text);
create table label (id integer primary key, code code);
