select id, one, one is not distinct from null as none from pairs order by id
