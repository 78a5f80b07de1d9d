insert into south values (1, 'south');
