create type span as range (subtype = float8);
create type stretch as range (subtype = int4);
create table tracks (id int, way span);
