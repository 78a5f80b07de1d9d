create table events (id int, at date not null, kind text check (kind <> ''), primary key (id, at)) partition by range (at);
create table events_a partition of events for values from ('2024-01-01') to ('2024-07-01');
create table events_b partition of events for values from ('2024-07-01') to ('2025-01-01');
create table events_c (id int, at date not null, kind text constraint events_kind_check check (kind <> ''), primary key (id, at));
create table lists (k text) partition by list (k);
create table lists_a partition of lists for values in ('a');
create table lists_rest partition of lists default;
create index events_kind_idx on events (kind);
