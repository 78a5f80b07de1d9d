create sequence numbers;
create table numbered (id bigint, other serial);
alter sequence numbers owned by numbered.id;
