alter type {{ name|qname }} rename to {{ old_name|ident }};
