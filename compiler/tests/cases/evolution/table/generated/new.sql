create table a (x int, y int generated always as (x + 2) stored, z int, w int);
create index a_y_idx on a (y);
create view ys as select y from a;
comment on column a.y is 'One more.';
grant select (y) on a to app;
