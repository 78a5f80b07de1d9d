create type size as enum ('l', 'm', 's');
create table parts (id uuid primary key, part_of uuid references parts, code varchar(10) unique);
create table shops (id uuid, town integer, primary key (id, town)) partition by list (town);
create table shops_1 partition of shops for values in (1);
create table stock (part uuid references parts, shop uuid, town integer, code varchar(10) references parts (code));
alter table stock add constraint stock_shop foreign key (shop, town) references shops on delete cascade;
create table sizes (size size primary key);
create table fits (size size references sizes, part uuid references parts);
