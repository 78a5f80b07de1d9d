insert into ordered values ('1', '2', '3');
