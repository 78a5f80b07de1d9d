comment on schema public is null;
grant create on schema public to app;
