create table ordered (a text collate "C", b text collate "C", c varchar(20) collate "C");
