create schema "Odd ""schema""";
create schema other;
create type "Enum; drop" as enum ('self', 'Self', 'type', '1st', '', 'a"b''c\', 'ünïcode', 'two words', 'two-words');
create domain "select" as text;
create table "type" (
  "self" int primary key, "fn" text, "Self" text, "1st" int not null, "naïve" text not null, "two words" text, "a""; drop table x; --" text not null,
  "crate" int, "super" bool not null, "async" int not null, "user" text, "select" "select", "kind" "Enum; drop" not null default 'self', "r#type" int
);
create table "mod" (id int primary key, "type" int not null references "type", "ref" int references "mod");
create index "mod idx ""q""" on "mod" ("type");
create table "Users" ("Id" uuid primary key default gen_random_uuid(), "emailAddress" varchar(30) not null unique);
create table user_ (id uuid primary key, user_id uuid not null references "Users");
create table users (id int primary key, name text);
create table "user" (id int primary key);
create table other.users (id int primary key references users, name text not null);
create table "Odd ""schema"""."ta""ble" ("co""l" int primary key, "{rows}" text not null, "{columns}" int);
create table uuid (uuid uuid primary key, vec text not null, string text, option int);
create table error (id serial primary key, result text, error text unique, new int, patch text not null);
create table "a_table_with_a_name_of_exactly_sixty_three_bytes_which_is_the_max" (
  "a_column_with_a_name_of_exactly_sixty_three_bytes_which_is_most_" int primary key,
  "another_column_with_a_name_of_exactly_sixty_three_bytes_which_is" timestamptz not null,
  "a_third_column_with_a_name_of_exactly_sixty_three_bytes_which_it" text not null unique
);
create index on "a_table_with_a_name_of_exactly_sixty_three_bytes_which_is_the_max" ("another_column_with_a_name_of_exactly_sixty_three_bytes_which_is");
create table "größe" ("straße" text primary key, "数" int not null);
create table self_made (id int primary key references self_made, boss int not null references self_made);
create table egg (id int primary key, hen int not null);
create table hen (id int primary key, egg int not null references egg deferrable initially deferred);
alter table egg add foreign key (hen) references hen deferrable initially deferred;
create table chick (id int primary key, egg int not null references egg);
comment on table chick is E'Ends here: */ `code` [link] <b> \\ "quoted" {braces}\nsecond line';
create table "2024" (id int primary key, "2024" int not null);
create table checked (id int primary key, note text not null check (note <> '{x}' and note ~ '^[A-Z]{2}$'), level int not null check (level > 5 and level <= 7), choice text not null check (choice in ('yes', 'no')));
