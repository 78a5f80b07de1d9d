create table t (code text primary key, published timestamptz default now(), n text default 'x');
create table u (a bigint, b text);
