create table orders (
  id integer not null,
  constraint orders_pkey primary key (id)
);
create table events (
  id integer primary key
) partition by list (id);
create table other_events partition of events default;
alter table events add constraint returns_fk foreign key (id) references orders (id);
create view numbers as select id, 2 as place from other_events;
