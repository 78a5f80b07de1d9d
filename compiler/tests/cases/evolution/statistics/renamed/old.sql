create table notes (a int, b int);
create statistics ab on a, b from notes;
