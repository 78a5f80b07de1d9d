create table t (a int primary key, b int unique, c int unique, d int not null);
comment on index t_pkey is 'the key''s index';
comment on constraint t_pkey on t is 'the key';
comment on index t_b_key is 'goes';
create unique index t_d_key on t (d);
create table p (a int, b int, primary key (a, b)) partition by list (a);
create table p_1 partition of p for values in (1);
comment on index p_pkey is 'of the whole';
comment on index p_1_pkey is 'of the part';
