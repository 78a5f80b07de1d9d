create table p (id int, k text, d date) partition by list(k);
create table pa partition of p for values in ('a') partition by range (d);
create table pa1 partition of pa for values from ('2020-01-01') to ('2021-01-01');
create table pdef partition of p default;
alter table p add primary key (id,k,d);
