create table itself (a integer, primary key (a));
alter table itself add constraint refers foreign key (a) references itself (a);
