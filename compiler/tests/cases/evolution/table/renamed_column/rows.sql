insert into notes (name) values ('one'), ('two');
