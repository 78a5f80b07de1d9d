insert into heir values (1, 2);
