select * from notes order by id
