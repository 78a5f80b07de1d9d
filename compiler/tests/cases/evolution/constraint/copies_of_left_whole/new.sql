create table r_moves (a int primary key);
create table p_moves (a int, constraint p_moves_a_fkey foreign key (a) references r_moves) partition by list (a);
create table q_moves (a int) partition by list (a);
create table p1_moves partition of q_moves for values in (1);

create table r_moves2 (a int, b int primary key);
create table p_moves2 (a int) partition by list (a);
create table q_moves2 (a int, constraint q_moves2_a_fkey foreign key (a) references r_moves2) partition by list (a);
create table p1_moves2 partition of q_moves2 for values in (1);

create table r_detached (a int);
create table p_detached (a int) partition by list (a);
create table p1_detached (a int);
create table p2_detached (a int);
alter table p_detached attach partition p2_detached for values in (3);

create table r_kept (a int primary key);
create table p_kept (a int, b int, constraint p_kept_a_fkey foreign key (a) references r_kept) partition by list (b);
create table p1_kept (a int, b int, constraint p_kept_a_fkey foreign key (a) references r_kept);
create table p2_kept (a int, b int, constraint other foreign key (a) references r_kept);

create table p_column (b int) partition by list (b);
create table p1_column (a int, b int);
create table p2_column (b int);
create table pp1_column (a int, b int) partition by list (a);
create table pp11_column (a int, b int);
