insert into computed values (1), (2);
