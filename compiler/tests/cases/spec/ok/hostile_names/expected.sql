
create schema "a.b";
create table "a.b"."se lect"";--" (
  "from" integer not null, "a"";drop" text not null, "naïve" text not null,
  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" integer not null,
  constraint "se lect"";--_pkey" primary key ("from"),
  constraint "se lect"";--_a"";drop_key" unique ("a"";drop"),
  constraint "ch""eck" check ("naïve" <> '"')
);
create index "in dex" on "a.b"."se lect"";--" ("a"";drop" desc, "naïve");
create type "My ""Enum""" as enum ('a''b', 'c\d', 'e"f');
create table users (id "My ""Enum""" not null default 'a''b', other integer not null constraint users_other_fkey references "a.b"."se lect"";--" ("from"));
