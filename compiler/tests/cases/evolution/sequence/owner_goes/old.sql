create table a(x serial, y int);
create table b(z int default nextval('a_x_seq'));
