create table orders (id serial, placed_on date not null) partition by range (placed_on);
create table orders_2024 partition of orders for values from ('2024-01-01') to ('2025-01-01');
comment on sequence orders_id_seq is 'Counts orders.';
create table imports (order_id integer default nextval('orders_id_seq'));
create sequence line_numbers;
create table lines (line integer default nextval('line_numbers'), of_order integer) partition by list (of_order);
alter sequence line_numbers owned by lines.of_order;
