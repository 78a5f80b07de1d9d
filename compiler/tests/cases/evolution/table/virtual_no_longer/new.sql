create table t (a int primary key, b int not null default 7, c int generated always as (a + 1) stored);
