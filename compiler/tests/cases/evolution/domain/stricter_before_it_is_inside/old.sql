create domain amount as integer check (value > 0);
create table held (a amount default 5);
