create table one (a int not null, primary key (a));
create table other (a int not null, e int not null default 7, primary key (a));
create table heir (a int) inherits (other);
