create table base (a integer not null);
create table heir (a integer default 1) inherits (base);
