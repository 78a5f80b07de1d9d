create type e as enum ('open');
create domain d as text;
create table w (a integer not null, b d default 'some words' not null) partition by range (a);
create table p partition of w for values from (10) to (20) partition by list (a);
create table leaf (like p);
alter table p attach partition leaf default;
