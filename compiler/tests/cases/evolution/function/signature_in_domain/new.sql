create function ok(text, int default 3) returns bool language sql immutable as 'select true';
create domain d as text default 'z' check (ok(value));
create table t(x d);
