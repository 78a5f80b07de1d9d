create type status as enum ('new', 'open', 'held', 'done', 'gone');
create type size as enum ('s', 'm');
comment on type status is 'Where it stands.';
