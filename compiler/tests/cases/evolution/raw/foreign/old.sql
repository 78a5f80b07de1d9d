create foreign data wrapper files;
create server archive foreign data wrapper files options (host 'a');
create foreign table old_notes (id int options (column_name 'key'), body text) server archive options (file 'x');
create user mapping for app server archive options (user 'a');
