insert into events values (1, '2024-02-02', 'x'), (2, '2024-08-08', 'y');
insert into events_c values (3, '2025-02-02', 'z');
insert into lists values ('a');
