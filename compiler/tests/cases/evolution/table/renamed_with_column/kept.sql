select tasks, notes from tasks, notes
