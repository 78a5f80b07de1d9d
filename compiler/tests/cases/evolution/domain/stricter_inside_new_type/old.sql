create type kind as enum ('open');
create domain words as text[] constraint enough check (cardinality(value) > 1);
create table notes (id integer primary key, tags words);
create table memos (kind kind) inherits (notes);
