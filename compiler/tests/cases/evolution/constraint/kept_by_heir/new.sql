create table base (a integer);
create table heir (a integer, constraint c check (a > 0));
create table heirs_heir (a integer, constraint c check (a > 0));
