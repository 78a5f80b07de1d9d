create table p (id bigint, k text, d date, z int default 3 not null) partition by list(k);
create table pa partition of p for values in ('a','b') partition by range (d);
create table pa1 partition of pa for values from ('2020-01-01') to ('2022-01-01');
create table pa2 partition of pa for values from ('2022-01-01') to (maxvalue);
alter table pa1 alter z set default 9;
alter table p add primary key (id,k,d);
create index pi on p (z) include (id);
alter table p add check (z > 0);
