insert into notes values (2), (3);
