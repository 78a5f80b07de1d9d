create table notes (id int not null, size int default 1, price numeric(8,2), at timestamp, code varchar(5), flag int);
create view all_notes as select * from notes;
