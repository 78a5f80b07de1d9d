create table notes (id int, title text);
create function touch() returns trigger language plpgsql as 'begin return new; end';
create trigger notes_touch before update on notes for each row execute function touch();
create trigger notes_gone after insert on notes for each row execute function touch();
