alter default privileges in schema public grant all on tables to current_user, auditor;
alter default privileges in schema public grant execute on functions to public;
