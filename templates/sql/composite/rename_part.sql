alter type {{ name|own_type }} rename attribute {{ part|ident }} to {{ to|ident }};
