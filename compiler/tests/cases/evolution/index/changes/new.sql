create table notes (id int, title text, body text, tags int[]);
create unique index notes_title_idx on notes (lower(title), id desc nulls last) include (body) where id > 0;
create index notes_tags_idx on notes using gin (tags);
create index notes_id_idx on notes (id) with (fillfactor = 90);
comment on index notes_tags_idx is 'To find by tag.';
