create table a (id serial primary key, n bigint, m int);
create sequence free;
create sequence a_m_seq as int owned by a.m;
alter table a alter m set default nextval('a_m_seq');
