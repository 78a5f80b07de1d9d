create function f() returns void language sql set work_mem = '1MB' set statement_timeout = '1s' set lock_timeout = '2s' as 'select 1';
create procedure p() language sql set work_mem = '4MB' set search_path = pg_catalog, pg_temp as 'select 1';
