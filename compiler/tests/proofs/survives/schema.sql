create table log (id int primary key, note text);
create table other (id int primary key);
create function nothing() returns trigger language plpgsql as $$ begin return coalesce(new, old); end $$;
create trigger log_row before insert or update or delete on log for each row execute function nothing();
create trigger log_empty after truncate on log for each statement execute function nothing();
create trigger other_fails before insert on other for each row execute function nothing();
