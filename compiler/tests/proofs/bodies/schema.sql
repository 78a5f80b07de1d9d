create table stock (id int primary key, amount int not null, kind text not null default 'plain');

create function stock_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    return old;
  end if;
  if new.amount < 0 then
    raise exception 'no debt';
  elsif new.amount > 1000 then
    new.amount := 1000;
  elsif new.amount = 13 then
    new.amount := 14;
  end if;
  case new.kind
    when 'plain' then
      new.amount := new.amount + 0;
    when 'double' then
      new.amount := new.amount * 2;
    else
      raise exception 'unknown kind';
  end case;
  return new;
end
$$;
create trigger stock_guard before insert or update or delete on stock for each row execute function stock_guard();

-- Two triggers with one function: its body counts once.
create function keep_going() returns trigger language plpgsql as $$
declare
  n int := 0;
begin
  begin
    perform 1 / (new.amount - 7);
  exception
    when division_by_zero then
      n := 1;
    when undefined_table then
      n := 2;
  end;
  for i in 1 .. n loop
    n := 3;
  end loop;
  while false loop
    n := 4;
  end loop;
  return null;
end
$$;
create trigger stock_keep_a after insert on stock for each row execute function keep_going();
create trigger stock_keep_b after update on stock for each row execute function keep_going();

create function always_raises(why text) returns void language plpgsql as $$
begin
  if why is not null then
    raise exception '%', why;
  end if;
end
$$;

create function never_called() returns int language plpgsql as $$
begin
  if true then
    return 1;
  end if;
  return 2;
end
$$;
