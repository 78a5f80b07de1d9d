select * from titles
