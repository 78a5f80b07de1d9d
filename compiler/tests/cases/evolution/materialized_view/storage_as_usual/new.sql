create materialized view v as select 'a'::text as a, 1::numeric as b, array[1] as c;
