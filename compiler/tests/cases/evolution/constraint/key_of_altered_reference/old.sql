create table itself (a integer, constraint named primary key (a));
alter table itself add constraint refers foreign key (a) references itself (a) deferrable;
