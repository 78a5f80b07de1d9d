alter collation {{ name|qname }} rename to {{ old_name|ident }};
