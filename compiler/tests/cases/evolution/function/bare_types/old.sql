create function f("bit", b "char", c bpchar, d "bit"[]) returns "bit" language sql as 'select $1';
create function g(bit(3), character(4), varchar(5)) returns character(3) language sql as 'select $2';
create function h() returns table (a "bit", b character) language sql as $$select '1'::"bit", 'c'::character$$;
create function pick("bit", "bit") returns "bit" language sql as 'select $2';
create aggregate last_bit("bit") (sfunc = pick, stype = "bit");
create type bits as range (subtype = "bit");
create procedure p(inout a "bit", b character[]) language sql as 'select $1';
