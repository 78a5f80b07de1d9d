create table w (a integer not null, e serial, primary key (a)) partition by range (a);
create table p partition of w for values from (0) to (10);
