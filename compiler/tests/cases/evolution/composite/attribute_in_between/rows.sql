insert into points values (1, (1, 2)), (2, null);
