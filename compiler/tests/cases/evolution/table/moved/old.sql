create schema archive;
create type state as enum ('a');
create table notes (id serial primary key, state state);
create index notes_state_idx on notes (state);
create view all_notes as select id from notes;
