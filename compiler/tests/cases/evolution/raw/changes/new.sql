create text search configuration simple_english (copy = simple);
create function cat(a int, b int) returns int language sql immutable as 'select a + b';
create operator <+> (leftarg = int, rightarg = int, function = cat, commutator = <+>);
create text search dictionary short (template = simple, stopwords = english);
comment on text search dictionary short is 'No small words.';
