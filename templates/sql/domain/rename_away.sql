alter domain {{ name|own_type }} rename to {{ old_name|ident }};
