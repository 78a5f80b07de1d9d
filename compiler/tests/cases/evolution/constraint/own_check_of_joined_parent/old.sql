create table notes (amount integer, constraint positive check (amount > 0));
comment on constraint positive on notes is 'Of its own.';
