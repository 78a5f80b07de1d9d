create foreign data wrapper far;
create server there foreign data wrapper far;
create foreign table f (a numeric(1,0), b varchar(20), c text collate "C") server there;
