alter schema public owner to app;
grant create on schema public to public;
