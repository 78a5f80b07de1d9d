create schema shop;
comment on schema shop is 'What is sold, and to whom.';
grant usage, create on schema shop to app;
create schema archive;
create table archive.sales (id int);
