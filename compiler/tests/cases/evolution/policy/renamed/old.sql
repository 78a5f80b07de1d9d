create table notes (id int);
alter table notes enable row level security;
create policy mine on notes for select to app using (id > 0);
