create schema "Other schema";
create operator class "Other schema"."Int ops" for type integer using btree as operator 1 <, operator 3 =, function 1 btint4cmp(integer, integer);
create table kept (a integer);
create index kept_idx on kept (a "Other schema"."Int ops");
