create sequence numbers;
create unlogged table numbered (id bigint, other serial);
alter sequence numbers owned by numbered.id;
alter sequence numbers set logged;
