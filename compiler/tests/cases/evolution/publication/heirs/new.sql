create table parent (a integer primary key, b text);
create table heir () inherits (parent);
create table alone (a integer);
create publication two for table only parent (b), only heir (b);
create publication one for table only parent, alone;
create publication loses for table only heir;
