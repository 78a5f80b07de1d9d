\set wanted 2
\if :{?wanted}
  \ir included_with_if.inc
\endif
select is(:found, :wanted, 'set in the file');
select * from finish();
