create foreign data wrapper files;
create server archive foreign data wrapper files options (host 'b', port '1');
create foreign table old_notes (id bigint options (column_name 'id'), title text not null) server archive options (file 'y', mode 'r');
create function f(a int, b text) returns bool language sql immutable as 'select true';
create operator === (leftarg = int, rightarg = text, function = f);
create view v as select 1 === 'x' as same;
