create type state as enum ('new', 'done');
create table t(s state, n int) partition by list (s);
create table t_new partition of t for values in ('new');
create table t_done partition of t for values in ('done');
create table stays(s state);
