create type e as enum ('open');
create table w (a integer not null, b e default 'open' not null) partition by range (a);
create table p partition of w for values from (10) to (20) partition by list (a);
create table leaf (like p);
alter table p attach partition leaf default;
