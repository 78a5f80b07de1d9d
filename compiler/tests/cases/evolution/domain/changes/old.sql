create domain email as text constraint email_check check (value like '%@%');
create domain code as varchar(8) default 'x';
create table people (address email, code code);
create domain colour as text;
