create table owners (id int primary key);
create function touch() returns trigger language plpgsql as 'begin return new; end';
create table notes (id int primary key, owner int references owners, title text unique check (title <> ''), note int references notes);
create index notes_title_idx on notes (lower(title));
create index notes_sum_idx on notes ((id + owner));
create trigger notes_touch before update on notes for each row execute function touch();
create table links (a int references notes, b int references notes, constraint links_check check (a < b) not valid);
alter table owners add note int references notes;
create view titles as select title from notes;
