create domain code as text constraint known not null;
comment on constraint known on domain code is 'said';
create domain plain as text not null;
create domain free as text;
create table t (a code, b plain, c free);
