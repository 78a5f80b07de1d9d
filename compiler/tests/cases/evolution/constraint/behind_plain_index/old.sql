create table moved (a int not null, b int not null) partition by list (a);
create table moved_1 partition of moved (primary key (a, b)) for values in (1);
create unique index moved_key on moved (a, b);
comment on constraint moved_1_pkey on moved_1 is 'kept';
create table user_of_moved (a int, b int, constraint of_moved foreign key (a, b) references moved_1);

create table instead (a int not null, b int not null) partition by list (a);
create table instead_1 partition of instead for values in (1);
create unique index instead_key on instead (a, b);

create table retyped (a int not null, b int not null) partition by list (a);
create table retyped_1 partition of retyped for values in (1);
alter table retyped_1 add primary key (a, b);
create unique index retyped_key on retyped (a, b);

create table plain (a int not null, b int not null) partition by list (a);
create table plain_1 partition of plain (primary key (a, b)) for values in (1);
create unique index plain_key on plain (a, b);

create table grows (a int not null, b int not null) partition by list (a);
create unique index grows_key on grows (a, b);
