create cast (json as text) without function as implicit;
create cast (jsonb as text) with inout as implicit;
create function plus(point, point) returns point language sql immutable as 'select $1';
create operator #+ (function = plus, leftarg = point, rightarg = point);
create table t (id integer constraint t_id not null, said json not null default '{}', constraint key primary key (id));
comment on index key is 'The key.';
