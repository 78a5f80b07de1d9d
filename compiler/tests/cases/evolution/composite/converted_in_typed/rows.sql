insert into typed values (7, '5', null);
