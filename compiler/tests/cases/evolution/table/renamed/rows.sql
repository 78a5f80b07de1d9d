insert into owners values (1);
insert into todos values (1, 1, 'one', null), (2, 1, 'two', 1);
insert into comments values (1, 2);
