alter type {{ name|own_type }} rename to {{ old_name|ident }};
