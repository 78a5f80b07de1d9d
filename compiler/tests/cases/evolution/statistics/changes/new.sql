create table notes (a int, b int, c int);
create statistics notes_ab (ndistinct, dependencies) on a, b from notes;
alter statistics notes_ab set statistics 500;
create statistics notes_ac on a, (c + 1) from notes;
comment on statistics notes_ac is 'They go together.';
