insert into tasks values (1, 'held'), (2, 'done');
