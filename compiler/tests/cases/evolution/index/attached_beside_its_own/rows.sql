insert into north values (1, 'north', '2020-01-01');
