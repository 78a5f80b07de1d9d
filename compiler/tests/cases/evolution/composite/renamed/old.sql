create type place as (street text, town text);
create table people (id int, home place);
create view towns as select (home).town from people;
