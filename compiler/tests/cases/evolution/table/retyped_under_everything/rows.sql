insert into owners values (1, 'o');
insert into t values (1, 1, 'c', '2020-01-01');
