create function f() returns void language sql set work_mem = '1MB' as 'select 1';
create procedure p() language sql as 'select 1';
