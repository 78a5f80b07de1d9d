create table ordered (a integer, b text, c text);
