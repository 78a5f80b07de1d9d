create extension btree_gist;
create table a (id int primary key, code text, at date, unique (code) include (id), unique nulls not distinct (at));
create table b (id int, a int constraint b_a references a on delete cascade, code text, during daterange, during2 daterange,
  constraint b_once exclude using gist (id with =, during with &&),
  constraint b_fk foreign key (code) references a (code) match full deferrable initially deferred,
  constraint b_check check (id > 0) no inherit);
