create table kept (a integer);
create table tasks (a integer primary key);
alter table tasks add constraint tasks_again unique (a);
