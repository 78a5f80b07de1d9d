
create extension btree_gist;
create table rooms (
  id bigint generated always as identity,
  building integer not null,
  floor integer not null,
  name text not null,
  number text not null,
  during tstzrange not null,
  cancelled boolean not null,
  parent bigint,
  constraint rooms_key primary key (id) include (name) with (fillfactor = 90),
  constraint rooms_name_key unique (name),
  constraint rooms_number_check check (number <> ''),
  constraint rooms_parent_fkey foreign key (parent) references rooms (id) on update cascade on delete set null
);
alter table rooms add constraint rooms_place_key unique nulls not distinct (building, floor) include (name) with (fillfactor = 80) deferrable initially deferred;
alter table rooms add constraint rooms_building_floor_key unique (building, floor);
alter table rooms add constraint rooms_floor_check check (floor > 0) no inherit not valid;
alter table rooms add constraint rooms_size check (building < 100);
alter table rooms add constraint rooms_free exclude using gist (building with =, during with &&) include (name) with (fillfactor = 70) where (not cancelled) deferrable;
alter table rooms add constraint rooms_text exclude using btree (lower(name) collate "C" text_pattern_ops desc nulls last with =);
create index rooms_lower on rooms (lower(name) text_pattern_ops, number collate "C" desc nulls last, (building + floor)) include (during) with (fillfactor = 70) where not cancelled;
create unique index rooms_uniq on rooms (number) nulls not distinct;
create index rooms_brin on rooms using brin (building) with (pages_per_range = 64);
create index rooms_stat on rooms (building, (floor * 2));
alter index rooms_stat alter column 2 set statistics 300;
create table desks (
  building integer,
  floor integer,
  room bigint not null,
  constraint desks_pkey primary key (room) deferrable,
  constraint desks_room_fkey foreign key (room) references rooms (id) on delete cascade,
  constraint desks_other_fkey foreign key (building, floor) references rooms (building, floor) on delete set null (floor)
);
alter table desks add constraint desks_place_fkey foreign key (building, floor) references rooms (building, floor) match full on update restrict on delete set default deferrable initially deferred not valid;
alter table rooms cluster on rooms_stat;
alter table rooms replica identity using index rooms_name_key;
comment on constraint rooms_key on rooms is 'The key.';
comment on constraint rooms_size on rooms is 'Small.';
comment on constraint desks_place_fkey on desks is 'Where.';
comment on constraint rooms_free on rooms is 'One at a time.';
comment on index rooms_lower is 'Search.';
comment on constraint rooms_place_key on rooms is 'Places.';
comment on index rooms_key is 'The key''s index.';
