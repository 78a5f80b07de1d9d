insert into tasks values (1, 'open', 'x');
