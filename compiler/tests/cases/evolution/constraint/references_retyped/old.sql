create type size as enum ('s', 'm', 'l');
create table parts (id integer primary key, part_of integer references parts, code text unique);
create table shops (id integer, town integer, primary key (id, town)) partition by list (town);
create table shops_1 partition of shops for values in (1);
create table stock (part integer references parts, shop integer, town integer, code text references parts (code));
alter table stock add constraint stock_shop foreign key (shop, town) references shops on delete cascade;
create table sizes (size size primary key);
create table fits (size size references sizes, part integer references parts);
