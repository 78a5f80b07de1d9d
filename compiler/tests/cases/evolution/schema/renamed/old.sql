create schema billing;
create type billing.state as enum ('open', 'paid');
create function billing.touch() returns trigger language plpgsql as 'begin return new; end';
create table billing.invoices (id int generated always as identity primary key, state billing.state default 'open');
create trigger invoices_touch before update on billing.invoices for each row execute function billing.touch();
create table payments (id int primary key, invoice int references billing.invoices);
create view open_invoices as select id from billing.invoices where state = 'open'::billing.state;
grant usage on schema billing to app;
