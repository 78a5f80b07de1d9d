create table notes (id int primary key);
create publication all_notes for table notes;
