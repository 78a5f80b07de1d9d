drop domain {{ old_type|qname }};
