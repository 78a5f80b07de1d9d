insert into owners values (1);
insert into notes values (1, 1, 2, 'a');
