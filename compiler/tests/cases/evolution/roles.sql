create role app;
create role auditor;
create role manager;
