insert into tasks values (1, null, 'held');
