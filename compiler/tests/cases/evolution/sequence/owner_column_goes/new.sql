create sequence s as smallint start 4 increment -1 minvalue -50 maxvalue 50 cache 7 cycle;
create sequence o;
create table t(id int default nextval('s'), z int);
alter sequence o owned by t.z;
alter sequence s owned by none;
