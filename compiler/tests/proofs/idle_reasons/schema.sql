create table ledger (id int primary key, amount int not null);
create function refuse() returns trigger language plpgsql as $$ begin raise exception 'append-only'; end $$;
create trigger ledger_append_only before update or delete on ledger for each row execute function refuse();
