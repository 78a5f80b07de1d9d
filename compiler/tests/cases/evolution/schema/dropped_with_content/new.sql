create schema kept;
create table kept.t (id int, s text);
