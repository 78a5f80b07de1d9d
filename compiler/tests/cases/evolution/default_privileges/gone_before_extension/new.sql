create extension hstore;
alter default privileges grant select on tables to auditor;
