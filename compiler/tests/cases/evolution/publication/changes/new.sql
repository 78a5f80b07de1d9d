create table notes (id int primary key, body text);
create table log (id int);
create publication changes for table notes (id) where (id > 0), log with (publish = 'insert');
create publication all_of_it for tables in schema public;
comment on publication changes is 'For the warehouse.';
