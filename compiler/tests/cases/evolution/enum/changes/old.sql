create type status as enum ('open', 'done');
create type mood as enum ('sad');
