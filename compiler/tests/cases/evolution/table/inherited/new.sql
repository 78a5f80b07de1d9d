create table base (id bigint not null, title text, constraint base_id_check check (id > 1), added date);
create table heir (extra int default 3) inherits (base);
create table second (more int) inherits (heir);
