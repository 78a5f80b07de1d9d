create collation numeric_order (provider = icu, locale = 'de-u-kn-true');
create collation swedish (provider = icu, locale = 'sv');
create table parts (code text collate numeric_order);
create index parts_code_idx on parts (code);
