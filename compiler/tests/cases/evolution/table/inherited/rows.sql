insert into heir values (5, 'a', 2);
