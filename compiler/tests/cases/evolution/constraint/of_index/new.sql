create table t (a int, b int not null, c int, d varchar(30));
alter table t add constraint t_a_key unique (a) include (c) deferrable initially deferred;
alter table t add constraint t_pkey primary key (b);
alter table t add constraint t_c_key unique (c);
alter table t add constraint t_d_key unique (d);
comment on constraint t_pkey on t is 'the key';
create table u (x int references t (b));
create table v (a int, b int, primary key (a, b) with (fillfactor = 70));
alter table v add constraint v_b_key unique (b);
