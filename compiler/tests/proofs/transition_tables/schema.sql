create table item (id int primary key, n int not null);
create table total (n bigint not null);
insert into total values (0);
create function add_up() returns trigger language plpgsql as $$
begin
  update total set n = total.n + (select sum(added.n) from added);
  return null;
end
$$;
create trigger item_add_up after insert on item referencing new table as added for each statement execute function add_up();
