insert into tasks values (1, 'open'), (2, 'done');
