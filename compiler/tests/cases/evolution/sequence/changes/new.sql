create sequence numbers increment 5 maxvalue 1000 cycle;
create sequence counter as int start 10;
create table tickets (id int, number bigint default nextval('numbers'));
alter sequence numbers owned by tickets.number;
grant usage, select on sequence numbers to app;
comment on sequence counter is 'From ten.';
