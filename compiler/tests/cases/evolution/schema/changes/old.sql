create schema shop;
comment on schema shop is 'What is sold.';
create schema attic;
create table attic.boxes (id int);
grant usage on schema shop to app;
