\set n 3
\set name '''it''''s'''
\set col name
begin;
select plan(:n);
insert into t values (1, :name);
select is(:"col", 'it''s', 'a variable') from t;
select 7 as seven, 'x' as letter \gset got_
select is(:got_seven, 7, :'got_letter');
\if :{?nowhere}
select fail('not here');
\elif true
select pass('here');
\else
select fail('nor here');
\endif
\echo '# said'
select * from finish();
rollback;
