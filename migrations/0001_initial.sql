-- 0001_initial.sql, written by `tablec generate`. Once it has run anywhere it stays as it is.
set search_path to public;
set check_function_bodies to off;

do $$
begin
  if not exists (select from pg_roles where rolname = 'app') then
    create role app;
  end if;
end
$$;

comment on role app is 'The application''s connections. Row-level security applies to it.';

comment on schema public is 'Everything the task tracker keeps.';

-- changes authorization
grant usage on schema public to app;

create extension btree_gist;

comment on extension btree_gist is 'Lets tasks_one_plan_at_a_time compare an assignee''s id beside a time range.';

create type audit_operation as enum (
  'insert',
  'update',
  'delete'
);

comment on type audit_operation is 'What happened to an audited row.';

create type member_role as enum (
  'guest',
  'member',
  'admin',
  'owner'
);

comment on type member_role is 'What a user may do in a workspace, from least to most.';

create type task_status as enum (
  'open',
  'in_progress',
  'done',
  'cancelled'
);

comment on type task_status is 'Where a task stands. The first two are the ones that still need work.';

create type workspace_plan as enum (
  'free',
  'team',
  'enterprise'
);

comment on type workspace_plan is 'What a workspace pays for.';

create domain email_address as text
  constraint email_address_check check (value ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$');

comment on domain email_address is 'Something that looks like an email address; whether it exists only a message can tell.';

create domain hex_color as text
  default '#888888'::text
  constraint hex_color_check check (value ~ '^#[0-9a-f]{6}$');

comment on domain hex_color is 'A colour as browsers write it, in lower case.';

create table users (
  id             uuid not null default gen_random_uuid(),
  email          email_address not null,
  display_name   varchar(80) not null,
  time_zone      text not null default 'UTC'::text,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  deactivated_at timestamptz,
  constraint users_pkey primary key (id)
);

comment on table users is 'A person who can sign in. One account serves any number of workspaces.';

-- changes authorization
grant select (id) on table users to app;

-- changes authorization
grant select (display_name) on table users to app;

comment on column users.deactivated_at is 'Set instead of deleting, so that comments keep their author.';

create table workspaces (
  id         uuid not null default gen_random_uuid(),
  slug       varchar(40) not null,
  name       varchar(80) not null,
  plan       workspace_plan not null default 'free'::workspace_plan,
  task_count integer not null default 0,
  settings   jsonb not null default '{}'::jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint workspaces_pkey primary key (id),
  constraint workspaces_slug_check check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  constraint workspaces_slug_key unique (slug),
  constraint workspaces_task_count_check check (task_count >= 0)
);

-- changes authorization
alter table workspaces enable row level security;

comment on table workspaces is 'A team''s own space. Rows of one workspace are never seen from another.';

-- changes authorization
grant select on table workspaces to app;

comment on column workspaces.slug is 'Its name in addresses.';

comment on column workspaces.task_count is 'Kept by the triggers of tasks.';

create table memberships (
  workspace_id uuid not null,
  user_id      uuid not null,
  role         member_role not null default 'member'::member_role,
  joined_at    timestamptz not null default now(),
  constraint memberships_pkey primary key (workspace_id, user_id),
  constraint memberships_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  constraint memberships_workspace_id_fkey foreign key (workspace_id) references workspaces (id) on delete cascade
);

-- changes authorization
alter table memberships enable row level security;

comment on table memberships is 'Who belongs to which workspace, and as what.';

-- changes authorization
grant select, insert, update, delete on table memberships to app;

create table tasks (
  id             uuid not null default gen_random_uuid(),
  workspace_id   uuid not null,
  parent_id      uuid,
  title          varchar(200) not null,
  description    text,
  status         task_status not null default 'open'::task_status,
  priority       smallint not null default 3,
  assignee_id    uuid,
  estimate_hours numeric(6,2),
  due_at         timestamptz,
  planned        tstzrange,
  completed_at   timestamptz,
  version        integer not null default 1,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  search         tsvector not null generated always as (to_tsvector('english', title)) stored,
  constraint tasks_assignee_fkey foreign key (workspace_id, assignee_id) references memberships (workspace_id, user_id) on delete set null (assignee_id),
  constraint tasks_done_has_a_date check ((status = 'done') = (completed_at is not null)),
  constraint tasks_one_plan_at_a_time exclude using gist (assignee_id with =, planned with &&) where (status in ('open', 'in_progress')),
  constraint tasks_parent_fkey foreign key (workspace_id, parent_id) references tasks (workspace_id, id) on delete set null (parent_id),
  constraint tasks_pkey primary key (id),
  constraint tasks_priority_check check (priority between 1 and 5),
  constraint tasks_title_check check (length(title) > 0),
  constraint tasks_workspace_id_fkey foreign key (workspace_id) references workspaces (id) on delete cascade,
  constraint tasks_workspace_id_id_key unique (workspace_id, id)
);

-- changes authorization
alter table tasks enable row level security;

comment on table tasks is 'A unit of work inside one workspace.';

-- changes authorization
grant select, insert, update, delete on table tasks to app;

comment on column tasks.parent_id is 'The task that this one is a part of.';

comment on column tasks.priority is '1 is the most urgent.';

comment on column tasks.assignee_id is 'A member of the same workspace.';

comment on column tasks.planned is 'When the assignee means to work on it.';

comment on column tasks.completed_at is 'Kept by the trigger tasks_complete.';

comment on constraint tasks_one_plan_at_a_time on tasks is 'Nobody works on two tasks at once.';

create function count_tasks()
returns trigger
language plpgsql security definer
set search_path to 'public', 'pg_temp'
as $$begin
  if tg_op = 'INSERT' then
    update workspaces set task_count = task_count + change.tasks
    from (select workspace_id, count(*) as tasks from added group by workspace_id) as change
    where workspaces.id = change.workspace_id;
  elsif tg_op = 'DELETE' then
    update workspaces set task_count = task_count - change.tasks
    from (select workspace_id, count(*) as tasks from removed group by workspace_id) as change
    where workspaces.id = change.workspace_id;
  else
    update workspaces set task_count = task_count + change.tasks
    from (
      select workspace_id, sum(n) as tasks
      from (select workspace_id, 1 as n from added union all select workspace_id, -1 from removed) as rows
      group by workspace_id
      having sum(n) <> 0
    ) as change
    where workspaces.id = change.workspace_id;
  end if;
  return null;
end
$$;

comment on function count_tasks() is 'Keeps workspaces.task_count, once a statement and not once a row.';

create function current_member()
returns uuid
language sql stable
as $$select nullif(current_setting('app.user', true), '')::uuid$$;

comment on function current_member() is 'The user that the application works for: the setting app.user, null when it is not set.';

create function current_workspace()
returns uuid
language sql stable
as $$select nullif(current_setting('app.workspace', true), '')::uuid$$;

comment on function current_workspace() is 'The workspace that the application works for: the setting app.workspace, null when it is not set.';

create table audit_log (
  id           uuid not null default gen_random_uuid(),
  occurred_at  timestamptz not null default now(),
  workspace_id uuid,
  actor        text not null default coalesce(nullif(current_setting('app.user', true), ''), current_user),
  table_name   text not null,
  operation    audit_operation not null,
  row_id       text not null,
  old_row      jsonb,
  new_row      jsonb,
  constraint audit_log_pkey primary key (id, occurred_at),
  constraint audit_log_rows_check check (num_nonnulls(old_row, new_row) > 0)
)
partition by range (occurred_at);

comment on table audit_log is 'Every change of tasks and comments, for ever. It outlives the rows it speaks of, so it has no foreign keys.';

comment on column audit_log.actor is 'The application''s user, or else the role.';

comment on column audit_log.old_row is 'Null for an insert.';

comment on column audit_log.new_row is 'Null for a delete.';

create function record_change()
returns trigger
language plpgsql security definer
set search_path to 'public', 'pg_temp'
as $$declare
  old_row jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  new_row jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
begin
  insert into audit_log (workspace_id, table_name, operation, row_id, old_row, new_row)
  values (
    (coalesce(new_row, old_row) ->> 'workspace_id')::uuid,
    tg_table_name,
    lower(tg_op)::audit_operation,
    coalesce(new_row, old_row) ->> tg_argv[0],
    old_row,
    new_row
  );
  return null;
end
$$;

comment on function record_change() is 'Writes the row before and after into audit_log. Its argument is the column that identifies the row.';

create function refuse_change()
returns trigger
language plpgsql
as $$begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;

comment on function refuse_change() is 'Keeps a table append-only.';

create function require_owner()
returns trigger
language plpgsql
as $$begin
  if exists (select from workspaces where id = old.workspace_id)
    and not exists (select from memberships where workspace_id = old.workspace_id and role = 'owner')
  then
    raise exception 'workspace % has no owner', old.workspace_id
      using errcode = 'check_violation', constraint = tg_name;
  end if;
  return null;
end
$$;

comment on function require_owner() is 'Refuses to leave a workspace without an owner. Runs at commit, so that ownership can be handed over in two steps.';

create function snooze_task()
returns trigger
language plpgsql
as $$begin
  update tasks set due_at = new.due_at where id = old.id;
  return new;
end
$$;

comment on function snooze_task() is 'Makes due_at of the view overdue_tasks writable.';

create function stamp_completed_at()
returns trigger
language plpgsql
as $$begin
  if new.status = 'done' then
    new.completed_at := coalesce(new.completed_at, now());
  else
    new.completed_at := null;
  end if;
  return new;
end
$$;

comment on function stamp_completed_at() is 'Keeps completed_at true to the status: a date when done, none otherwise. A date that is given stays.';

create function stamp_edited_at()
returns trigger
language plpgsql
as $$begin
  new.edited_at := now();
  return new;
end
$$;

comment on function stamp_edited_at() is 'Remembers when a comment was last edited.';

create function task_progress(workspace uuid)
returns numeric
language sql stable
as $$select round(100.0 * count(*) filter (where status = 'done') / nullif(count(*), 0), 1)
from tasks
where workspace_id = workspace and status <> 'cancelled'
$$;

comment on function task_progress(uuid) is 'The share of a workspace''s tasks that are done, in percent; cancelled ones do not count. Null without tasks.';

create function touch_updated_at()
returns trigger
language plpgsql
as $$begin
  new.updated_at := now();
  return new;
end
$$;

comment on function touch_updated_at() is 'Sets updated_at to the time of the transaction.';

-- scans the table, blocks writes, builds an index
create index audit_log_occurred_at_idx on audit_log using brin (occurred_at);

-- scans the table, blocks writes, builds an index
create index audit_log_row_idx on audit_log (table_name, row_id, occurred_at desc);

create trigger audit_log_append_only
  before update or delete on audit_log
  for each row
  execute function refuse_change();

create trigger audit_log_no_truncate
  before truncate on audit_log
  for each statement
  execute function refuse_change();

create table audit_log_2026 partition of audit_log
FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');

create table audit_log_2027 partition of audit_log
FOR VALUES FROM ('2027-01-01 00:00:00+00') TO ('2028-01-01 00:00:00+00');

create table audit_log_default partition of audit_log
DEFAULT;

create table comments (
  id           bigint not null generated always as identity,
  workspace_id uuid not null,
  task_id      uuid not null,
  author_id    uuid,
  body         text not null,
  created_at   timestamptz not null default now(),
  edited_at    timestamptz,
  deleted_at   timestamptz,
  constraint comments_author_id_fkey foreign key (author_id) references users (id) on delete set null,
  constraint comments_body_check check (length(body) between 1 and 10000),
  constraint comments_pkey primary key (id),
  constraint comments_task_fkey foreign key (workspace_id, task_id) references tasks (workspace_id, id) on delete cascade
);

-- changes authorization
alter table comments enable row level security;

comment on table comments is 'What people say about a task.';

-- changes authorization
grant select, insert, update on table comments to app;

-- scans the table, blocks writes, builds an index
create index comments_author_id_idx on comments (author_id);

-- scans the table, blocks writes, builds an index
create index comments_task_idx on comments (workspace_id, task_id, created_at);

create trigger comments_audit
  after insert or update or delete on comments
  for each row
  execute function record_change('id');

create trigger comments_edited
  before update of body on comments
  for each row
  when (old.body is distinct from new.body)
  execute function stamp_edited_at();

-- changes authorization
create policy edit_own on comments for update to app
  using (workspace_id = current_workspace() and author_id = current_member());

-- changes authorization
create policy read_workspace on comments for select to app
  using (workspace_id = current_workspace());

-- changes authorization
create policy write_as_author on comments for insert to app
  with check (workspace_id = current_workspace() and author_id = current_member());

create table labels (
  id           bigint not null generated always as identity,
  workspace_id uuid not null,
  name         varchar(40) not null,
  color        hex_color not null,
  constraint labels_name_check check (name = btrim(name) and name <> ''),
  constraint labels_pkey primary key (id),
  constraint labels_workspace_id_fkey foreign key (workspace_id) references workspaces (id) on delete cascade,
  constraint labels_workspace_id_id_key unique (workspace_id, id),
  constraint labels_workspace_id_name_key unique (workspace_id, name)
);

-- changes authorization
alter table labels enable row level security;

comment on table labels is 'A coloured word that tasks of a workspace can carry.';

-- changes authorization
grant select, insert, update, delete on table labels to app;

-- changes authorization
create policy same_workspace on labels to app
  using (workspace_id = current_workspace());

-- scans the table, blocks writes, builds an index
create unique index memberships_one_owner on memberships (workspace_id) where role = 'owner';

-- scans the table, blocks writes, builds an index
create index memberships_user_id_idx on memberships (user_id);

create constraint trigger memberships_keep_an_owner
  after update of role, workspace_id or delete on memberships deferrable initially deferred
  for each row
  when (old.role = 'owner')
  execute function require_owner();

comment on trigger memberships_keep_an_owner on memberships is 'Deferred: memberships_one_owner makes the old owner step down before the new one steps up.';

-- changes authorization
create policy same_workspace on memberships to app
  using (workspace_id = current_workspace());

create table task_labels (
  workspace_id uuid not null,
  task_id      uuid not null,
  label_id     bigint not null,
  constraint task_labels_label_fkey foreign key (workspace_id, label_id) references labels (workspace_id, id) on delete cascade,
  constraint task_labels_pkey primary key (task_id, label_id),
  constraint task_labels_task_fkey foreign key (workspace_id, task_id) references tasks (workspace_id, id) on delete cascade
);

-- changes authorization
alter table task_labels enable row level security;

comment on table task_labels is 'Which labels a task carries.';

-- changes authorization
grant select, insert, delete on table task_labels to app;

-- scans the table, blocks writes, builds an index
create index task_labels_label_idx on task_labels (workspace_id, label_id);

-- changes authorization
create policy same_workspace on task_labels to app
  using (workspace_id = current_workspace());

-- scans the table, blocks writes, builds an index
create index tasks_assignee_idx on tasks (workspace_id, assignee_id);

-- scans the table, blocks writes, builds an index
create index tasks_due_at_idx on tasks (due_at) where status in ('open', 'in_progress');

-- scans the table, blocks writes, builds an index
create index tasks_open on tasks (workspace_id, created_at desc) where status = 'open';

-- scans the table, blocks writes, builds an index
create index tasks_parent_idx on tasks (workspace_id, parent_id);

-- scans the table, blocks writes, builds an index
create index tasks_search_idx on tasks using gin (search);

create trigger tasks_audit
  after insert or update or delete on tasks
  for each row
  execute function record_change('id');

create trigger tasks_complete
  before insert or update of status on tasks
  for each row
  execute function stamp_completed_at();

create trigger tasks_counted_on_delete
  after delete on tasks
  referencing old table as removed
  for each statement
  execute function count_tasks();

create trigger tasks_counted_on_insert
  after insert on tasks
  referencing new table as added
  for each statement
  execute function count_tasks();

create trigger tasks_counted_on_update
  after update on tasks
  referencing old table as removed new table as added
  for each statement
  execute function count_tasks();

comment on trigger tasks_counted_on_update on tasks is 'A task can move to another workspace.';

create trigger tasks_touch
  before update on tasks
  for each row
  when ((old.title, old.description, old.status, old.priority, old.assignee_id, old.parent_id, old.estimate_hours, old.due_at, old.planned)
is distinct from
(new.title, new.description, new.status, new.priority, new.assignee_id, new.parent_id, new.estimate_hours, new.due_at, new.planned))
  execute function touch_updated_at();

comment on trigger tasks_touch on tasks is 'The columns a person edits. PostgreSQL does not allow old.* here, because search is generated.';

-- changes authorization
create policy same_workspace on tasks to app
  using (workspace_id = current_workspace());

-- scans the table, blocks writes, builds an index
create unique index users_email_key on users ((lower(email)));

create trigger users_touch
  before update on users
  for each row
  when (old.* is distinct from new.*)
  execute function touch_updated_at();

create trigger workspaces_touch
  before update on workspaces
  for each row
  when ((old.slug, old.name, old.plan, old.settings) is distinct from (new.slug, new.name, new.plan, new.settings))
  execute function touch_updated_at();

comment on trigger workspaces_touch on workspaces is 'Counting tasks is no change of the workspace.';

-- changes authorization
create policy own_workspace on workspaces for select to app
  using (id = current_workspace());

create view overdue_tasks with (security_invoker = true) as
select tasks.id, tasks.workspace_id, workspaces.name as workspace, tasks.title, tasks.assignee_id, tasks.due_at
from tasks
join workspaces on workspaces.id = tasks.workspace_id
where tasks.due_at < now() and tasks.status in ('open', 'in_progress');

comment on view overdue_tasks is 'Tasks that should have been finished by now. Setting due_at here snoozes the task.';

-- changes authorization
grant select, update on table overdue_tasks to app;

create trigger overdue_tasks_snooze
  instead of update on overdue_tasks
  for each row
  execute function snooze_task();
