alter default privileges in schema public grant select on tables to app;
alter default privileges grant execute on functions to auditor;
