create table r_moves (a int primary key);
create table p_moves (a int, constraint p_moves_a_fkey foreign key (a) references r_moves) partition by list (a);
create table q_moves (a int) partition by list (a);
create table p1_moves partition of p_moves for values in (1);

create table r_moves2 (a int primary key);
create table p_moves2 (a int, constraint p_moves2_a_fkey foreign key (a) references r_moves2) partition by list (a);
create table q_moves2 (a int) partition by list (a);
create table p1_moves2 partition of p_moves2 for values in (1);

create table r_detached (a int primary key);
create table p_detached (a int, constraint p_detached_a_fkey foreign key (a) references r_detached) partition by list (a);
create table p1_detached partition of p_detached for values in (1);
create table p2_detached partition of p_detached for values in (2);

create table r_kept (a int primary key);
create table p_kept (a int, b int, constraint p_kept_a_fkey foreign key (a) references r_kept) partition by list (b);
create table p1_kept partition of p_kept for values in (1);
create table p2_kept partition of p_kept for values in (2);

create table r_column (a int primary key);
create table p_column (a int, b int, constraint p_column_a_fkey foreign key (a) references r_column) partition by list (b);
create table p1_column partition of p_column for values in (1);
create table p2_column partition of p_column for values in (2);
create table pp_column (a int, b int, constraint pp_column_a_fkey foreign key (a) references r_column) partition by list (b);
create table pp1_column partition of pp_column for values in (1) partition by list (a);
create table pp11_column partition of pp1_column for values in (1);
