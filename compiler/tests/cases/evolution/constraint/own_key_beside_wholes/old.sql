create table readings (id integer not null, region text not null) partition by list (region);
create unique index readings_once on readings (region, id);
create table south (id integer not null, region text not null, constraint south_key primary key (region, id));
create index other on south (id);
