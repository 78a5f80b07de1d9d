create aggregate largest(int) (sfunc = int4larger, stype = int, parallel = safe);
create aggregate smallest(int) (sfunc = int4smaller, stype = int, sortop = <);
comment on aggregate largest(int) is 'The largest one.';
