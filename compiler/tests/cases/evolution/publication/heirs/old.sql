create table parent (a integer primary key, b text);
create table heir () inherits (parent);
create table alone (a integer);
create publication two for table only parent (a), only heir (a);
create publication one for table only parent;
create publication loses for table only parent, only heir;
