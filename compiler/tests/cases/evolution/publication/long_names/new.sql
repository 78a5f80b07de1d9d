create schema "Other schema";
create table "Other schema"."a table whose name is as long as a name can be, 63 bytes that i" (a integer primary key);
create publication changes for table "Other schema"."a table whose name is as long as a name can be, 63 bytes that i";
