drop type {{ old_type|qname }};
