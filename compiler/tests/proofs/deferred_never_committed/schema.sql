create table account (id int primary key, balance int not null);
create function no_debt() returns trigger language plpgsql as $$
begin
  if (select balance from account where id = new.id) < 0 then
    raise exception 'account % is in debt', new.id using errcode = 'check_violation';
  end if;
  return null;
end
$$;
create constraint trigger account_no_debt after insert or update on account
  deferrable initially deferred for each row execute function no_debt();
