insert into owners values (1, 'x');
insert into notes values (1, 1, 5, 't');
