create domain email as text not null constraint email_check check (value like '_%@_%') constraint email_short check (length(value) < 100);
comment on constraint email_short on domain email is 'As mail servers have it.';
create domain code as varchar(16) default 'y';
create table people (address email, code code);
create domain weight as numeric check (value > 0);
