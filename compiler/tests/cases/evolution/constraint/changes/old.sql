create table owners (id int primary key, code text);
create table notes (id int, owner int references owners, length int check (length > 0), title text unique);
