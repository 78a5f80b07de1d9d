create type point_3d as (x bigint, y int, z int);
comment on column point_3d.z is 'Up.';
create type address as (street text, town text);
