create sequence counter start 5;
create table notes (id int default nextval('counter'), number serial);
grant usage on sequence counter to app;
