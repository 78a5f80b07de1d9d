create table events (kind text) partition by list (kind);
create table clicks partition of events for values in ('click');
create table places (name text);
create table towns (mayor text) inherits (places);
