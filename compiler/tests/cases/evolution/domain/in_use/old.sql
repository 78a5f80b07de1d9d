create domain code as text check (value <> '') default 'x';
create domain codes as code[] not null;
create table a (id int, c code, cs codes, ds code[]);
create function f(c code) returns code language sql as 'select c';
create view cs as select c from a;
create index a_c_idx on a (c);
