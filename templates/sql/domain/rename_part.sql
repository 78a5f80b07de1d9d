alter domain {{ name|qname }} rename constraint {{ part|ident }} to {{ to|ident }};
