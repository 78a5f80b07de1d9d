select * from archive.notes
