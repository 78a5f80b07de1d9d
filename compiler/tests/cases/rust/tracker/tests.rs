//! What the generated repositories do on a real server, with both drivers.

use tablec_runtime::factory::World;
use tablec_runtime::{BoxError, Settings, Statements, asynchronous, blocking};
use tracker_db::factories::*;
use tracker_db::ports::*;
use tracker_db::repositories::*;
use tracker_db::rows::*;
use tracker_db::types::*;
use tracker_db::{Error, Page, Patch, provider};

type Outcome = Result<(), BoxError>;

fn settings(statements: Statements) -> Result<Settings, Error> {
    let mut settings = provider::settings()?;
    settings.statements = statements;
    Ok(settings)
}

/// Each test in a transaction of its own that is rolled back, with a seed of its own.
fn in_transaction(seed: u64, work: impl Fn(&mut blocking::Transaction<'_>, &mut World) -> Outcome) -> Outcome {
    for statements in [Statements::Named, Statements::Unnamed] {
        let mut db = blocking::Connection::open(&settings(statements)?)?;
        let mut tx = db.begin()?;
        work(&mut tx, &mut World::new(seed))?;
    }
    Ok(())
}

#[test]
fn a_patch_keeps_sets_and_nulls() -> Outcome {
    in_transaction(100, |tx, world| {
        let task = create_task_factory(world).in_progress().create(tx)?;
        assert_eq!((task.status, task.version), (TaskStatus::InProgress, 1));
        assert!(task.due_at.is_some(), "the default, because the factory keeps it");
        let mut tasks = TaskRepository::new(tx);
        let patch = TaskPatch {
            title: Some("new".into()),
            description: Patch::Set("text".into()),
            due_at: Patch::Null,
            estimate_hours: Patch::Set("12.50".parse()?),
            ..TaskPatch::default()
        };
        let changed = TaskPort::update(&mut tasks, task.id, 1, &patch)?.ok_or("no row")?;
        assert_eq!((changed.title.as_str(), changed.description.as_deref()), ("new", Some("text")));
        assert_eq!((changed.due_at, changed.version), (None, 2));
        assert_eq!(changed.estimate_hours.map(|n| n.to_string()).as_deref(), Some("12.50"));
        let patch = TaskPatch { description: Patch::Null, ..TaskPatch::default() };
        let changed = TaskPort::update(&mut tasks, task.id, 2, &patch)?.ok_or("no row")?;
        assert_eq!((changed.title.as_str(), changed.description, changed.version), ("new", None, 3));
        Ok(())
    })
}

#[test]
fn another_version_is_stale_and_no_row_is_none() -> Outcome {
    in_transaction(101, |tx, world| {
        let task = create_task_factory(world).create(tx)?;
        let mut tasks = TaskRepository::new(tx);
        let patch = TaskPatch { priority: Some(1), ..TaskPatch::default() };
        assert!(TaskPort::update(&mut tasks, task.id, 1, &patch)?.is_some());
        assert!(matches!(TaskPort::update(&mut tasks, task.id, 1, &patch), Err(TaskError::Stale)));
        assert!(matches!(TaskPort::delete(&mut tasks, task.id, 1), Err(TaskError::Stale)));
        assert!(TaskPort::delete(&mut tasks, task.id, 2)?);
        assert!(!TaskPort::delete(&mut tasks, task.id, 2)?);
        assert!(TaskPort::update(&mut tasks, task.id, 2, &patch)?.is_none());
        Ok(())
    })
}

#[test]
fn constraints_are_errors_of_their_own() -> Outcome {
    in_transaction(102, |tx, world| {
        let user = create_user_factory(world).create(tx)?;
        let mut attempt = |new: &NewUser| {
            let mut inner = tx.begin().unwrap();
            UserPort::insert(&mut UserRepository::new(&mut inner), new).unwrap_err()
        };
        let same = NewUser::new(EmailAddress(user.email.0.to_uppercase()), "x".into());
        assert!(matches!(attempt(&same), UserError::EmailTaken));
        let long = NewUser::new(EmailAddress("a@b.org".into()), "x".repeat(81));
        assert!(matches!(attempt(&long), UserError::DisplayNameTooLong));
        let spaces = NewUser::new(EmailAddress("a@b.org".into()), "x".repeat(80) + "  ");
        assert!(UserPort::insert(&mut UserRepository::new(tx.begin().map(Box::new)?.as_mut()), &spaces).is_ok());
        let mut attempt = |new: &NewTask| {
            let mut inner = tx.begin().unwrap();
            TaskPort::insert(&mut TaskRepository::new(&mut inner), new).unwrap_err()
        };
        let nowhere = NewTask::new(WorkspaceId(uuid::Uuid::nil()), "x".into());
        assert!(matches!(attempt(&nowhere), TaskError::WorkspaceNotFound));
        let urgent = NewTask { priority: Some(9), ..nowhere };
        assert!(matches!(attempt(&urgent), TaskError::PriorityInvalid));
        create_membership_factory(world).user_id(user.id).create(tx)?;
        let refused = UserPort::delete(&mut UserRepository::new(tx), user.id).unwrap_err();
        assert!(matches!(refused, UserError::ReferredToByMemberships), "{refused}");
        Ok(())
    })
}

#[test]
fn pages_follow_one_another() -> Outcome {
    in_transaction(103, |tx, world| {
        let tasks = create_task_factory(world).create_many(25, tx)?;
        let workspace = tasks[0].workspace_id;
        assert!(tasks.iter().all(|task| task.workspace_id == workspace), "one parent, shared");
        let mut seen = Vec::new();
        let mut next = Some(Page::first(10));
        while let Some(page) = next {
            let rows = TaskPort::list_open(&mut TaskRepository::new(&mut *tx), workspace, &page)?;
            next = page.next(&rows, |row| (row.created_at, row.id));
            seen.extend(rows.into_iter().map(|row| row.id));
        }
        let mut expected: Vec<_> = tasks.iter().map(|task| task.id).collect();
        expected.sort();
        expected.reverse();
        assert_eq!(seen, expected, "all were created at the same time, so the id decides");
        Ok(())
    })
}

#[test]
fn deleted_rows_are_hidden() -> Outcome {
    in_transaction(104, |tx, world| {
        let comments = create_comment_factory(world).create_many(3, tx)?;
        let mut repository = CommentRepository::new(tx);
        assert!(CommentPort::delete(&mut repository, comments[0].id)?);
        assert!(!CommentPort::delete(&mut repository, comments[0].id)?);
        assert!(!CommentPort::exists(&mut repository, comments[0].id)?);
        assert_eq!(CommentPort::count(&mut repository)?, 2);
        assert_eq!(CommentPort::stream(&mut repository)?.count(), 2);
        Ok(())
    })
}

#[test]
fn rows_that_give_different_columns_come_back_in_order() -> Outcome {
    in_transaction(105, |tx, world| {
        let workspace = create_workspace_factory(world).create(tx)?.id;
        let titled = |title: &str| NewTask::new(workspace, title.into());
        let new = [
            NewTask { priority: Some(1), ..titled("a") },
            titled("b"),
            NewTask { priority: Some(2), ..titled("c") },
            NewTask { status: Some(TaskStatus::Done), planned: None, ..titled("d") },
        ];
        let rows = TaskPort::insert_many(&mut TaskRepository::new(tx), &new)?;
        let found: Vec<_> = rows.iter().map(|row| (row.title.as_str(), row.priority, row.status)).collect();
        let open = TaskStatus::Open;
        assert_eq!(found, [("a", 1, open), ("b", 3, open), ("c", 2, open), ("d", 3, TaskStatus::Done)]);
        Ok(())
    })
}

#[test]
fn an_upsert_changes_what_is_given() -> Outcome {
    in_transaction(106, |tx, world| {
        let workspace = create_workspace_factory(world).create(tx)?;
        let mut repository = WorkspaceRepository::new(tx);
        let new = NewWorkspace::new(workspace.slug.clone(), "renamed".into(), 2);
        let row = WorkspacePort::upsert_by_slug(&mut repository, &new)?;
        assert_eq!((row.id, row.name.as_str(), row.seats), (workspace.id, "renamed", 2));
        let found = WorkspacePort::find_by_slug(&mut repository, &workspace.slug)?;
        assert_eq!(found, Some(row));
        Ok(())
    })
}

#[test]
fn a_value_that_rust_cannot_hold_names_table_and_column() -> Outcome {
    in_transaction(107, |tx, world| {
        let task = create_task_factory(world).create(tx)?;
        tx.driver().execute("update tasks set due_at = 'infinity'", &[])?;
        let error = TaskPort::get(&mut TaskRepository::new(tx), task.id).unwrap_err();
        assert!(error.to_string().starts_with("cannot read tasks.due_at: "), "{error}");
        Ok(())
    })
}

#[test]
fn unnamed_statements_leave_nothing_on_the_server() -> Outcome {
    let mut db = blocking::Connection::open(&settings(Statements::Unnamed)?)?;
    let mut world = World::new(108);
    UserPort::count(&mut UserRepository::new(&mut db))?;
    TaskPort::get(&mut TaskRepository::new(&mut db), TaskId(uuid::Uuid::nil()))?;
    db.transaction(|tx| -> Result<(), BoxError> {
        create_task_factory(&mut world).done().create_many(3, tx)?;
        let left = tx.driver().simple_query("select name from pg_prepared_statements")?;
        let names = left.iter().filter(|message| matches!(message, postgres::SimpleQueryMessage::Row(_))).count();
        assert_eq!(names, 0, "{left:?}");
        Err("roll back".into())
    })
    .unwrap_err();
    Ok(())
}

#[tokio::test]
async fn a_pool_is_a_session_too() -> Outcome {
    use futures_util::StreamExt;
    for statements in [Statements::Named, Statements::Unnamed] {
        let pool = asynchronous::Pool::new(&settings(statements)?)?;
        let mut world = World::new(109 + statements as u64);
        let user = create_user_factory(&mut world).create_async(&pool).await?;
        let users = UserRepository::new(pool.clone());
        let found = AsyncUserPort::find_by_email(&users, &user.email).await?;
        assert_eq!(found.as_ref(), Some(&user));
        let streamed: Vec<_> = AsyncUserPort::stream(&users).await?.collect().await;
        assert!(streamed.into_iter().any(|row| row.is_ok_and(|row| row.id == user.id)));
        let refused: Result<(), Error> = pool
            .transaction(async |tx| {
                let users = UserRepository::new(tx);
                AsyncUserPort::update(&users, user.id, &UserPatch { time_zone: Some("CET".into()), ..UserPatch::default() }).await?;
                Err(Error::Settings("no".into()))
            })
            .await;
        assert!(refused.is_err());
        assert_eq!(AsyncUserPort::get(&users, user.id).await?.map(|row| row.time_zone), Some("UTC".into()));
        let spawned = tokio::spawn(async move { AsyncUserPort::delete(&users, user.id).await }).await?;
        assert!(spawned?);
    }
    Ok(())
}

#[test]
fn what_partitions_refuse_is_named_after_the_table() -> Outcome {
    in_transaction(120, |tx, world| {
        for region in ["word", "other"] {
            let part = create_part_factory(world)
                .with(move |new| new.region = region.into())
                .create(tx)?;
            let again = NewPart {
                id: part.id,
                region: part.region.clone(),
                code: part.code.clone(),
                workspace_id: part.workspace_id,
                amount: 1,
            };
            let mut refused = |change: fn(&mut NewPart)| -> Result<PartError, BoxError> {
                let mut new = again.clone();
                change(&mut new);
                let mut tx = tx.begin()?;
                let refused = PartPort::insert(&mut PartRepository::new(&mut tx), &new);
                Ok(refused.err().ok_or("inserted")?)
            };
            let taken = refused(|new| new.code.push('x'))?;
            assert!(matches!(taken, PartError::RegionIdTaken), "{taken:?}");
            let taken = refused(|new| new.id += 1)?;
            assert!(matches!(taken, PartError::RegionCodeTaken), "{taken:?}");
            let refused_amount = refused(|new| (new.id, new.amount) = (-1, 1000))?;
            assert!(matches!(refused_amount, PartError::AmountInvalid), "{refused_amount:?}");
            let no_workspace = refused(|new| {
                (new.id, new.workspace_id) = (-1, WorkspaceId(uuid::Uuid::nil()));
                new.code.push('x');
            })?;
            assert!(matches!(no_workspace, PartError::WorkspaceNotFound), "{no_workspace:?}");
        }
        Ok(())
    })
}

#[test]
fn keys_of_few_values_take_turns() -> Outcome {
    in_transaction(121, |tx, world| {
        let statuses = create_status_factory(world).create_many(4, tx)?;
        let found: std::collections::BTreeSet<_> = statuses.iter().map(|row| row.status.0).collect();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), TaskStatus::ALL);
        assert_eq!(create_switch_factory(world).create_many(2, tx)?.len(), 2);
        let pairs = create_pair_factory(world).create_many(3, tx)?;
        let workspaces: std::collections::BTreeSet<_> = pairs.iter().map(|row| row.workspace_id).collect();
        assert_eq!(workspaces.len(), 3);
        Ok(())
    })
}
