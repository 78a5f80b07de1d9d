create extension btree_gist;
create table rooms (room int, during daterange, primary key (room, during without overlaps));
create table stays (room int, during daterange, n int, constraint stays_n check (n > 0), constraint stays_fk foreign key (room, period during) references rooms (room, period during));
create table bookings (room int, during daterange, constraint bookings_key unique (room, during), constraint bookings_fk foreign key (room, period during) references rooms (room, period during) not enforced);
