create schema s;
alter default privileges for role manager in schema s grant all on tables to manager;
