create table computed (a bigint not null, b integer default 7 not null);
