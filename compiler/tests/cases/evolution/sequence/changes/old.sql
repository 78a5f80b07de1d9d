create sequence numbers;
create sequence gone;
create table tickets (id int, number bigint default nextval('numbers'));
grant usage on sequence numbers to app;
