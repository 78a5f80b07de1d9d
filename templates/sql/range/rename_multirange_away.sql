alter type {{ multirange|qname }} rename to {{ old_name|ident }};
