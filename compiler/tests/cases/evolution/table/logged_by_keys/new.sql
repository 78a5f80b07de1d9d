create unlogged table a_child(id int primary key, p int);
create unlogged table parent(id int primary key);
alter table a_child add foreign key (p) references parent;
create unlogged table z_grandchild(c int references a_child, self int unique references z_grandchild(self));
