create table notes (id int, title text);
create function touch() returns trigger language plpgsql as 'begin return new; end';
create trigger notes_touch before update of title on notes for each row when (old.title is distinct from new.title) execute function touch();
alter table notes disable trigger notes_touch;
create constraint trigger notes_checked after insert on notes deferrable initially deferred for each row execute function touch();
comment on trigger notes_touch on notes is 'When the title changes.';
