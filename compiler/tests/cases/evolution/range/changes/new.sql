create type span as range (subtype = float8, subtype_diff = float8mi);
create type period as range (subtype = date);
create table tracks (id int, way span);
