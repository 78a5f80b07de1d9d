create table things (amount integer, constraint positive check (amount > 0));
create table notes () inherits (things);
