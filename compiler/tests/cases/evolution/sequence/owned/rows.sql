insert into a (n) values (1), (2);
