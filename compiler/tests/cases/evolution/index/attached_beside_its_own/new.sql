create table readings (id integer, region text, taken date) partition by list (region);
create index readings_region on readings (region, taken);
create table north (id integer, region text, taken date);
alter table readings attach partition north for values in ('north');
create index north_own on north (region, taken);
create unique index north_once on north (region, id);
