insert into parcel values (1, null, -1, 5, 'a');
insert into letter values (1, null);
