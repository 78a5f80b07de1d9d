alter domain {{ name|own_type }} validate constraint {{ part|ident }};
