select plan(1);
select pass('it''s');
select fail('open
