create table p (a int primary key) partition by range (a);
create function f() returns setof int language sql stable begin atomic select a from p; end;
