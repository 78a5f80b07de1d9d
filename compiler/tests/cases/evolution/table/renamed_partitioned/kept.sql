select * from events_2024
