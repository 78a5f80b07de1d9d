-- users_touch
begin;
select plan(2);

insert into users (email, display_name, updated_at) values ('ada@example.org', 'Ada', '2020-01-01');

update users set display_name = 'Ada' where email = 'ada@example.org';
select is(updated_at, '2020-01-01', 'writing the same name again is no change') from users;

update users set display_name = 'Ada L.' where email = 'ada@example.org';
select is(
  row(display_name, updated_at), row('Ada L.'::varchar, now()),
  'another name is a change'
) from users;

select * from finish();
rollback;
