select * from tasks order by id
