insert into notes values (1, 2, 3.5, '2020-01-01', 'abc', 1);
