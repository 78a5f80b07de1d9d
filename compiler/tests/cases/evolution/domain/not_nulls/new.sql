create domain code as text not null;
create domain plain as text constraint simple not null;
comment on constraint simple on domain plain is 'said';
create domain free as text constraint taken not null;
create table t (a code, b plain, c free);
