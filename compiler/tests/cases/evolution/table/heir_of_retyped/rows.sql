insert into heir values (2, 'a', 3.5);
insert into part values (1, '2020-01-01');
insert into typed values (1, 2);
