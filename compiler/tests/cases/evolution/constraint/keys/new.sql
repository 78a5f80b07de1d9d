create extension btree_gist;
create table a (id int, code text not null, at date, primary key (code), unique (id), unique (at) deferrable);
create table b (id int, a int constraint b_a references a (id) on update cascade on delete set null, code text, during daterange, during2 daterange,
  constraint b_once exclude using gist (id with =, during with &&) where (id > 0) deferrable,
  constraint b_fk foreign key (code) references a (code) deferrable,
  constraint b_check check (id > 0) not valid);
