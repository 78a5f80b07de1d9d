set search_path to {{ default_schema|ident }};
set check_function_bodies to off;
