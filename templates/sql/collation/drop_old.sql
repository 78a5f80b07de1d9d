drop collation {{ old_type|qname }};
