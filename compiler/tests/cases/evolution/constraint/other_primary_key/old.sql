create table orders (
  id integer not null,
  note text,
  constraint the_key primary key (id)
);
create table returns (
  order_id integer,
  constraint returns_fk foreign key (order_id) references orders (id)
);
create view numbers as select id from orders union select order_id from returns;
