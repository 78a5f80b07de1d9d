create extension btree_gist;
create table rooms (room int, during daterange, primary key (room, during));
create table stays (room int, during daterange, n int, constraint stays_n check (n > 0) not enforced);
create table bookings (room int, during daterange, constraint bookings_key unique (room, during without overlaps), constraint bookings_fk foreign key (room, during) references rooms (room, during) not enforced);
