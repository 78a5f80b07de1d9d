create type point_3d as (x int, y int, gone text);
create type pair as (a int, b int);
