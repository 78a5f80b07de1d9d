insert into people values (1, ('s', 't'));
