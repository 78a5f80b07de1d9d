create table first (id int not null, check (id > 0));
create table second (id int not null, note text default 'none');
create table heir (more int) inherits (first);
