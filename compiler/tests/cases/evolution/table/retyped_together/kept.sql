select id, size, price, at at time zone 'UTC', code, flag from notes
