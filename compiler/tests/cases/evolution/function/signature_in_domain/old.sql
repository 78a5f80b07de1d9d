create function ok(text) returns bool language sql immutable as 'select true';
create domain d as text default 'z' check (ok(value));
create table t(x d);
