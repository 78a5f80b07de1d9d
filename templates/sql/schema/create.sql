create schema {{ name.name|ident }};
