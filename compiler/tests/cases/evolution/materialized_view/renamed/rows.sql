insert into notes values (1, 'a');
refresh materialized view names;
