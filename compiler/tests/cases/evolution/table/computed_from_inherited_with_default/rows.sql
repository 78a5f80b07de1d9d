insert into letters values (default), (7);
