alter domain {{ name|qname }} rename to {{ old_name|ident }};
