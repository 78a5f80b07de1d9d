insert into leaf values (12, 7);
