create table t (id integer constraint t_id not null, constraint key primary key (id)); comment on index key is 'The key.';
