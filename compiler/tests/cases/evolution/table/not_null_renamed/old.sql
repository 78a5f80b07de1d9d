create table tasks (id int primary key, title text constraint titled not null, body text not null);
create table parts (id int not null, at date not null) partition by list (id);
create table parts_1 partition of parts for values in (1);
create table elders (name text not null);
create table heirs (own text) inherits (elders);
create table apart (name text not null) inherits (elders);
