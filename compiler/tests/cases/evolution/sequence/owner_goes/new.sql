create sequence a_x_seq as integer;
create table b(z int default nextval('a_x_seq'));
