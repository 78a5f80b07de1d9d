create table results (id integer);
