create foreign data wrapper wrapper;
create server far foreign data wrapper wrapper;
create server further foreign data wrapper wrapper;
create server new foreign data wrapper wrapper;
grant usage on foreign server far, new to public;
grant usage on foreign data wrapper wrapper to public;
