create table notes (id int, owner text);
alter table notes enable row level security;
alter table notes force row level security;
create policy own on notes to app using (owner = current_user and id > 0) with check (id > 0);
create policy seen on notes as restrictive for select to auditor using (true);
comment on policy own on notes is 'One''s own.';
