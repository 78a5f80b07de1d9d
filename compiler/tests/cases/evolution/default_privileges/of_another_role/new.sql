create schema s;
alter default privileges for role app in schema s grant select on tables to app, manager;
alter default privileges for role app revoke select on tables from app;
alter default privileges in schema s grant execute on functions to public;
