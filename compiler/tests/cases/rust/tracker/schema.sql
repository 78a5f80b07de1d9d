create extension btree_gist;
create type task_status as enum ('open', 'in_progress', 'done', 'cancelled');
create type member_role as enum ('guest', 'member', 'admin', 'owner');
create domain email_address as text constraint email_address_check check (value ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$');
create domain hex_color as text default '#888888' constraint hex_color_check check (value ~ '^#[0-9a-f]{6}$');
create schema billing;

create table users (
  id uuid primary key default gen_random_uuid(),
  email email_address not null,
  display_name varchar(80) not null,
  time_zone text not null default 'UTC',
  created_at timestamptz not null default now(),
  deactivated_at timestamptz
);
create unique index users_email_key on users (lower(email));

create table workspaces (
  id uuid primary key default gen_random_uuid(),
  slug varchar(40) not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name varchar(80) not null,
  settings jsonb not null default '{}',
  seats int not null check (seats between 1 and 3)
);
comment on table workspaces is 'A team''s own space.';
comment on column workspaces.slug is 'Its name in addresses.';

create table memberships (
  workspace_id uuid not null references workspaces on delete cascade,
  user_id uuid not null references users,
  role member_role not null default 'member',
  joined_at timestamptz not null default now(),
  primary key (workspace_id, user_id)
);
create index memberships_user_id_idx on memberships (user_id);
create unique index memberships_one_owner on memberships (workspace_id) where role = 'owner';

create table tasks (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspaces on delete cascade,
  parent_id uuid,
  title varchar(200) not null check (length(title) > 0),
  description text,
  status task_status not null default 'open',
  priority int2 not null default 3 check (priority between 1 and 5),
  assignee_id uuid,
  estimate_hours numeric(6,2),
  due_at timestamptz default now(),
  planned tstzrange,
  version int4 not null default 1,
  created_at timestamptz not null default now(),
  search tsvector not null generated always as (to_tsvector('english', title)) stored,
  constraint tasks_workspace_id_id_key unique (workspace_id, id),
  constraint tasks_parent_fkey foreign key (workspace_id, parent_id) references tasks (workspace_id, id) on delete set null (parent_id),
  constraint tasks_assignee_fkey foreign key (workspace_id, assignee_id) references memberships (workspace_id, user_id) on delete set null (assignee_id),
  constraint tasks_one_plan_at_a_time exclude using gist (assignee_id with =, planned with &&) where (status in ('open', 'in_progress'))
);
create index tasks_open on tasks (workspace_id, created_at desc) where status = 'open';
create index tasks_assignee_idx on tasks (workspace_id, assignee_id);
create index tasks_recent_idx on tasks (workspace_id, created_at desc);

create table comments (
  id int8 generated always as identity primary key,
  workspace_id uuid not null,
  task_id uuid not null,
  author_id uuid references users on delete set null,
  body text not null check (length(body) between 1 and 10000),
  created_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint comments_task_fkey foreign key (workspace_id, task_id) references tasks (workspace_id, id) on delete cascade
);
create index comments_task_idx on comments (workspace_id, task_id, created_at);
create index comments_author_id_idx on comments (author_id);

create table labels (
  id int8 generated always as identity primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  name varchar(40) not null check (name = btrim(name) and name <> ''),
  color hex_color not null,
  unique (workspace_id, name),
  unique (workspace_id, id)
);

create table task_labels (
  workspace_id uuid not null,
  task_id uuid not null,
  label_id int8 not null,
  primary key (task_id, label_id),
  constraint task_labels_task_fkey foreign key (workspace_id, task_id) references tasks (workspace_id, id) on delete cascade,
  constraint task_labels_label_fkey foreign key (workspace_id, label_id) references labels (workspace_id, id) on delete cascade
);
create index task_labels_label_idx on task_labels (workspace_id, label_id);

create table user_profiles (
  user_id uuid primary key references users on delete cascade,
  biography text not null
);

create table audit_log (
  id uuid not null default gen_random_uuid(),
  occurred_at timestamptz not null default now(),
  row_id text not null,
  new_row jsonb not null,
  primary key (id, occurred_at)
) partition by range (occurred_at);
create table audit_log_default partition of audit_log default;
create index audit_log_occurred_at_idx on audit_log (occurred_at desc);

create table billing.invoices (number serial primary key, total numeric(10, 2) not null, tags text[] not null default '{}');
create table invoices (id bigserial primary key, note text);
create table events (happened_at timestamp not null, what text);

-- Keys of which there are few, and keys of nothing but other keys.
create table statuses (status task_status primary key, label text not null);
create table switches (is_on bool primary key);
create table choices (choice text not null default 'a' check (choice in ('a', 'b', 'c')), at date not null default current_date, unique (choice));
create table status_notes (status task_status primary key references statuses, note text not null);
create table pairs (user_id uuid not null unique references users, workspace_id uuid not null unique references workspaces, primary key (user_id, workspace_id));
-- Foreign keys of another width than what they refer to, and a key of JSON.
create table counters (id int8 primary key, settings jsonb not null unique);
create table shorts (id int2 primary key);
create table counts (id int primary key references counters, small int8 not null references shorts, word varchar(9) not null);
create table letters (letter char(1) primary key, moved bool not null);
create table parts (id int not null, region text not null, code text not null, workspace_id uuid not null references workspaces, amount int not null constraint parts_amount check (amount < 1000), primary key (region, id), unique (region, code)) partition by list (region);
create table parts_europe partition of parts for values in ('word') partition by hash (region);
create table parts_europe_all partition of parts_europe for values with (modulus 1, remainder 0);
create table parts_elsewhere (region text not null, amount int not null constraint parts_amount check (amount < 1000), code text not null, workspace_id uuid not null, id int not null, constraint own_name primary key (region, id), constraint own_code unique (region, code));
alter table parts attach partition parts_elsewhere default;
