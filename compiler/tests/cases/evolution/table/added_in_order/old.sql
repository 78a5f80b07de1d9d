create table visits (at date);
