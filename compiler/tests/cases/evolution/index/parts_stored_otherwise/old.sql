create table orders (id integer not null, made date not null, status text, constraint orders_pkey primary key (id, made)) partition by range (made);
create table orders_2024 partition of orders for values from ('2024-01-01') to ('2025-01-01');
create index orders_status_idx on only orders (status);
create index orders_2024_status_idx on orders_2024 (status);
alter index orders_status_idx attach partition orders_2024_status_idx;
