create function f("bit", b "char", c bpchar, d "bit"[]) returns "bit" language sql as 'select ~ $1';
create function g(bit(3), character(4), varchar(5)) returns character(3) language sql as 'select $2 || $3';
create function h() returns table (a "bit", b character) language sql as $$select '1'::"bit", 'd'::character$$;
create function pick("bit", "bit") returns "bit" language sql as 'select $1';
create aggregate last_bit("bit") (sfunc = pick, stype = "bit", initcond = '1');
create type bits as range (subtype = "bit", multirange_type_name = many_bits);
create procedure p(inout a "bit", b character[]) language sql as 'select ~ $1';
