create table counted (a integer, b integer);
create index on_expression on counted (abs(a), b);
alter index on_expression alter column 1 set statistics 77;
