create table notes (id int primary key, body text);
create table log (id int);
create publication changes for table notes;
create publication everything for all tables;
