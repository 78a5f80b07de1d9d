create aggregate largest(int) (sfunc = int4larger, stype = int);
create aggregate joined(text) (sfunc = textcat, stype = text);
