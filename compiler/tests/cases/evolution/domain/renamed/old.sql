create domain mail as text constraint mail_ok check (value like '%@%');
create table people (id int, address mail, others mail[]);
create function first_mail(addresses mail[]) returns mail language sql as 'select addresses[1]';
