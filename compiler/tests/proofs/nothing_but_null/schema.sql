create table t (id int primary key);
create function quiet() returns trigger language plpgsql as $$
begin
  if new.id = 1 then
    null;
  end if;
  if new.id > 5 then
    null;
  else
    new.id := new.id;
  end if;
  case new.id when 1 then
    null;
  else
    new.id := new.id;
  end case;
  begin
    perform 1 / (new.id - 2);
  exception when division_by_zero then
    null;
  end;
  return new;
end
$$;
create trigger t_quiet before insert on t for each row execute function quiet();
