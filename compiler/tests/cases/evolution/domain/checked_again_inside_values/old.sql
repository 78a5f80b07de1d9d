create function fits(n integer) returns boolean immutable language sql return n > 0;
create domain amount as integer check (fits(value));
create table bills (id integer, amounts amount[], total amount);
