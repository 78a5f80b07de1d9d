create table visits (at date, page text, id serial primary key, seconds integer unique, last_id integer);
alter table visits alter last_id set default currval('visits_id_seq');
