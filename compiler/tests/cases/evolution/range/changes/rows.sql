insert into tracks values (1, '[1,2]');
