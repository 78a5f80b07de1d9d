
create type mood as enum ('sad', 'ok', 'it''s \ fine');
comment on type mood is 'How.';
create domain code as varchar(10) collate "C" default 'a' not null constraint code_check check (value <> '');
alter domain code add constraint code_late check (length(value) > 2) not valid;
comment on constraint code_check on domain code is 'Never empty.';
create domain small_code as code;
create domain mood_or_ok as mood default 'ok';
create type point3 as (x double precision, y double precision, label text collate "C");
comment on column point3.x is 'East.';
create type float_range as range (subtype = double precision, subtype_opclass = float8_ops, subtype_diff = float8mi, multirange_type_name = float_spans);
create type text_range as range (subtype = text, collation = "C");
create collation german (provider = icu, locale = 'de-u-co-phonebk', deterministic = false);
create collation plain (provider = libc, locale = 'C');
create collation mixed (provider = libc, lc_collate = 'C', lc_ctype = 'POSIX');
comment on collation german is 'As in the telephone book.';
revoke usage on type mood from public;
