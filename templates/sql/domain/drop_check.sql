alter domain {{ name|own_type }} drop constraint {{ part|ident }};
