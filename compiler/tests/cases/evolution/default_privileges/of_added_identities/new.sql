create table keyed (id integer not null generated always as identity);
create table many (id integer not null, two integer generated always as identity, three serial);
