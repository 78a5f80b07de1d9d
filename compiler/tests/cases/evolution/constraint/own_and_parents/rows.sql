insert into both_change_heir values (3);
insert into becomes_another_heir values (3);
