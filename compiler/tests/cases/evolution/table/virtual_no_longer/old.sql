create table t (a int primary key, b bigint generated always as (a * 2) virtual, c int generated always as (a + 1) virtual);
