create collation numeric_order (provider = icu, locale = 'en-u-kn-true');
create collation german (provider = icu, locale = 'de');
create table parts (code text collate numeric_order);
create index parts_code_idx on parts (code);
