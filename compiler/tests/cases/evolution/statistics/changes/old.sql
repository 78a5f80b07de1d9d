create table notes (a int, b int, c int);
create statistics notes_ab (ndistinct) on a, b from notes;
create statistics notes_bc on b, c from notes;
