create function touch() returns trigger language plpgsql as 'begin return new; end';
create table notes (id int);
create trigger touch before update on notes for each row execute function touch();
alter table notes enable always trigger touch;
comment on trigger touch on notes is 'Always.';
