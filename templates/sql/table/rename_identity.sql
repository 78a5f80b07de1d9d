alter sequence {{ sequence|qname }} rename to {{ to|ident }};
