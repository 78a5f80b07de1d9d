create domain word as text default 'some' not null;
create domain amount as integer constraint positive check (value > 0);
create type money_of as (amount amount, currency text);
create table lists (id integer primary key, words word[] not null default '{}');
create table prices (id integer primary key, price money_of);
