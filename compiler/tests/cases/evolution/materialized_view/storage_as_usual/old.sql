create materialized view v as select 'a'::text as a, 1::numeric as b, array[1] as c; alter materialized view v alter a set storage external, alter b set storage plain, alter c set storage main;
