alter domain {{ name|own_type }} rename constraint {{ constraint|ident }} to {{ to|ident }};
