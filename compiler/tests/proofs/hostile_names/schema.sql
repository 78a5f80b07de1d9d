create schema "Sch""ema";
create table "Sch""ema"."Ta'ble; --" ("Na""me" text);
create function "Sch""ema"."tou ch"() returns trigger language plpgsql as $$ begin new."Na""me" := tg_argv[0]; return new; end $$;
create trigger "Tr""ig'ger WHEN (" before update of "Na""me" on "Sch""ema"."Ta'ble; --"
  for each row when (old."Na""me" is distinct from ' EXECUTE FUNCTION ') execute function "Sch""ema"."tou ch"('it''s \x');
