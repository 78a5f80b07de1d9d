create table person (id int primary key, name text not null);
create view loud as select id, upper(name) as name from person;
create function write_loud() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from person where id = old.id;
    return old;
  end if;
  insert into person values (new.id, lower(new.name)) on conflict (id) do update set name = excluded.name;
  return new;
end
$$;
create trigger loud_write instead of insert or update or delete on loud for each row execute function write_loud();
