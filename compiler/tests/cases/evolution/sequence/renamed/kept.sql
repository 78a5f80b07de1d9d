select notes.*, nextval('numbers') from notes
