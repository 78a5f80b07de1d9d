create domain code as text not null;
create table t (a code);
