insert into todos values (1, 'one', true);
insert into notes values (1, 1);
