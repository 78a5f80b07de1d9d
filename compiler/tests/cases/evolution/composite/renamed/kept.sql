select * from towns
