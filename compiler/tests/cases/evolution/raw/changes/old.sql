create text search configuration simple_english (copy = english);
create cast (text as int[]) with inout;
create function cat(a int, b int) returns int language sql immutable as 'select a + b';
create operator <+> (leftarg = int, rightarg = int, function = cat);
