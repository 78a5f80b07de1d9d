create domain label as varchar(30);
create table notes (id integer not null, text label default 'none' not null);
alter table notes alter column text set compression pglz;
create table drafts (author integer) inherits (notes);
create table kept (author integer) inherits (notes);
alter table kept alter column text set storage external;
