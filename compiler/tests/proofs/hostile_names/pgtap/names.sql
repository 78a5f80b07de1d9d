-- "Tr""ig'ger WHEN ("
begin;
select plan(2);
insert into "Sch""ema"."Ta'ble; --" values ('a'), (' EXECUTE FUNCTION ');
update "Sch""ema"."Ta'ble; --" set "Na""me" = 'b' where "Na""me" = 'a';
select is(min("Na""me"), 'it''s \x', 'changed') from "Sch""ema"."Ta'ble; --" where "Na""me" <> ' EXECUTE FUNCTION ';
update "Sch""ema"."Ta'ble; --" set "Na""me" = 'c' where "Na""me" = ' EXECUTE FUNCTION ';
select is(count(*), 1::bigint, 'not changed') from "Sch""ema"."Ta'ble; --" where "Na""me" = 'c';
select * from finish();
rollback;
