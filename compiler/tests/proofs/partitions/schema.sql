create table event (id int not null, kind text not null, seen boolean not null default false) partition by list (kind);
create table event_a partition of event for values in ('a');
create table event_b partition of event for values in ('b');
create function see() returns trigger language plpgsql as $$ begin new.seen := true; return new; end $$;
create trigger event_see before insert on event for each row execute function see();
create trigger event_b_see before update on event_b for each row execute function see();
