create table orders (id serial, placed_on date not null);
comment on sequence orders_id_seq is 'Counts orders.';
create table imports (order_id integer default nextval('orders_id_seq'));
create sequence line_numbers;
create table lines (line integer default nextval('line_numbers'), of_order integer);
alter sequence line_numbers owned by lines.line;
