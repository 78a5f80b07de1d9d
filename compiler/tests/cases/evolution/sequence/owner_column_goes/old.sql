create sequence s;
create sequence o;
create table t(id int default nextval('s'));
alter sequence o owned by t.id;
