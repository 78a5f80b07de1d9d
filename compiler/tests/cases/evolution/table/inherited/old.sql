create table base (id int not null, name text default 'x', check (id > 0));
create table heir (extra int) inherits (base);
create table second (more int) inherits (heir);
