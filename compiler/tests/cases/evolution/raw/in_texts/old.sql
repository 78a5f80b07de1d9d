create type money_in as (amount int, currency text);
create function amount(money_in) returns int language sql immutable as 'select ($1).amount';
create table prices(price money_in);
