insert into people values ('a@b', 'c');
