begin;
select plan(3);
select has_trigger('t', 't_touch', 'it is there');
select trigger_is('t', 't_touch', 'touch', 'it calls touch');
select triggers_are('t', array['t_touch'], 'there is no other');
select * from finish();
rollback;
