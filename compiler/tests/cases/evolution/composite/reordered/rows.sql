insert into pairs values (1, ('x', 'y', 3)), (2, null), (3, (null, null, null));
