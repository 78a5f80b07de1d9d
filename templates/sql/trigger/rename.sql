alter trigger {{ name.name|ident }} on {{ relation|qname }} rename to {{ to|ident }};
