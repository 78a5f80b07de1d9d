insert into a (x, z) values (1, 5);
