create table notes (id int, owner text);
alter table notes enable row level security;
create policy own on notes using (owner = current_user);
create policy gone on notes for delete to app using (true);
