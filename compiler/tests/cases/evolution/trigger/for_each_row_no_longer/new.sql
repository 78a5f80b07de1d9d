create function by_statement() returns trigger language plpgsql as 'begin return null; end';
create table whole (a integer) partition by range (a);
create table part partition of whole default;
create trigger touch before insert on whole for each statement execute function by_statement();
