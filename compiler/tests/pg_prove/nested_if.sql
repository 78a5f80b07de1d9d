select plan(2);
\if false
  \if true
  select fail('a');
  \else
  select fail('b');
  \endif
\else
  \if true
select pass('c');
  \elif true
  select fail('d');
  \endif
\endif
select pass('e');
\if true
