create foreign data wrapper wrapper;
create server far foreign data wrapper wrapper;
create server further foreign data wrapper wrapper;
grant usage on foreign server further to public;
