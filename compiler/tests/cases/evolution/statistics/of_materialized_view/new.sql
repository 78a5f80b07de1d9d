create table t(a int, b text);
create materialized view m as select a, b, a + 1 as c from t;
create statistics of_m on a, b from m;
create statistics other (mcv) on b, c from m;
