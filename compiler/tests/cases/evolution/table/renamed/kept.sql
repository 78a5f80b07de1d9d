select tasks, comments from tasks left join comments on comments.todo = tasks.id order by tasks.id
