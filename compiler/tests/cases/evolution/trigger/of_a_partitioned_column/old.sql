create table t1 (a integer not null, e integer) partition by range (a);
create table t1_0 partition of t1 for values from (0) to (10);
create function touched() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger touch before update of e on t1 for each row execute function touched();
