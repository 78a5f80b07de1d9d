create table t (id serial primary key, code text not null, published timestamp default now(), n int default 4);
create sequence numbers;
create table u (a int default nextval('numbers'), b int);
