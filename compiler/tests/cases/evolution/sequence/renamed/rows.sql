insert into notes values (default), (default);
