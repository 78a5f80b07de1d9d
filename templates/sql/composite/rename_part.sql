alter type {{ name|qname }} rename attribute {{ part|ident }} to {{ to|ident }};
