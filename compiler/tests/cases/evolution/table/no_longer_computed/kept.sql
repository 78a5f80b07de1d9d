select * from computed order by a
