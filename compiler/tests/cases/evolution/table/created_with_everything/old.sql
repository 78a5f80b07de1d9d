create table owners (id int primary key);
