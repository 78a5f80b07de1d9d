insert into tasks values (1, 'open', '{open,archived}', 'open'), (2, 'archived', null, 'archived'), (3, 'held', '{held,held}', null);
