insert into lists values (1, '{a,b}');
insert into prices values (1, row(5, 'EUR'));
