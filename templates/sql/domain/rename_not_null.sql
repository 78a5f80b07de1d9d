alter domain {{ name|qname }} rename constraint {{ constraint|ident }} to {{ to|ident }};
