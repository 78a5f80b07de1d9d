insert into orders values (1, '2024-02-02', 'new');
