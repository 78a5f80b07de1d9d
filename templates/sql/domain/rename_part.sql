alter domain {{ name|own_type }} rename constraint {{ part|ident }} to {{ to|ident }};
