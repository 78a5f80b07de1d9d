create foreign data wrapper far;
create server there foreign data wrapper far;
create foreign table f (a boolean, b text, c integer) server there;
