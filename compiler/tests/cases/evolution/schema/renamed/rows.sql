insert into billing.invoices default values;
insert into payments values (1, 1);
