create table ratings (a integer, b integer, day date, open boolean);
