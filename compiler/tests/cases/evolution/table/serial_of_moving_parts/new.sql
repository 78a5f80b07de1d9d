create table w (a integer not null, primary key (a)) partition by range (a);
create table p partition of w for values from (minvalue) to (10);
