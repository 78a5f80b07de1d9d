create table a (id bigserial primary key, n bigint, m int);
create sequence free owned by a.n;
alter table a alter n set default nextval('free');
create sequence a_m_seq as bigint cache 5;
