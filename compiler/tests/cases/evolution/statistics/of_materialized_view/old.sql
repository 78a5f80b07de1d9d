create table t(a int, b text);
create materialized view m as select a, b from t;
create statistics of_m on a, b from m;
create statistics gone on a, (lower(b)) from m;
