create schema "Other schema";
create table kept (a integer);
