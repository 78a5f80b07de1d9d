create table counted (a bigint, b integer);
create statistics both_columns on a, (a + 1) from counted;
alter statistics both_columns set statistics 99;
create statistics plain on a, b from counted;
