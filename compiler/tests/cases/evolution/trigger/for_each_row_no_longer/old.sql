create function by_row() returns trigger language plpgsql as 'begin return new; end';
create table whole (a integer) partition by range (a);
create table part partition of whole default;
create trigger touch before insert on whole for each row execute function by_row();
