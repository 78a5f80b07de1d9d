create table ratings (a integer, b integer, day date, open boolean,
  constraint between_and check (a between 1 and 9 and b > 0 and open),
  constraint not_between_or check (a not between 1 and 9 or b > 0 or open),
  constraint either_way check (a between symmetric b and 9 or open),
  constraint listed check (a in (b, b + 1) or b in (1, 2) or open),
  constraint rows check ((a, b) = (1, 2) and (a, b) < (3, 4) and open),
  constraint distinct_rows check ((a, b) is distinct from (1, 2) or day is null or open),
  constraint flat check ((a > 1 and b > 2) and open));
create index ratings_b on ratings (b) where day between '2024-01-01' and '2024-12-31' and open;
create view rated as select a, (b between a and 5 and open) as fit from ratings r
  where (a between 1 and 5 and b between 2 and 3 and open) or exists (select from ratings s where s.a between r.a and r.b and s.open and s.b = 1);
alter table ratings enable row level security;
create policy mine on ratings using (a between 1 and 5 and b = 1);
create function fits(a integer, fit boolean default 1 between 0 and 2 and true) returns boolean begin atomic
  select a between 1 and 3 and fit and a <> 2;
end;
create domain score as integer check (value between 1 and 10 and value <> 7);
