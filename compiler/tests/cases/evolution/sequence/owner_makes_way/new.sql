create sequence old_id_seq as int;
create table new(id int not null default nextval('old_id_seq'), name text, constraint old_pkey primary key (id));
alter sequence old_id_seq owned by new.id;
create index by_name on new(name);
