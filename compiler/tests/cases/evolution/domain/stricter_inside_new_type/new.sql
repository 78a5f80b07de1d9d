create domain words as text[] constraint enough check (cardinality(value) > 2);
create type entry as (place integer, tags words);
create table notes (id integer primary key, tags text);
create table memos (kind entry) inherits (notes);
