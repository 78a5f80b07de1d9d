create collation german (provider = icu, locale = 'de');
create table words (word text collate german);
create index words_idx on words (word);
