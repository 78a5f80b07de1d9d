comment on constraint {{ part|ident }} on domain {{ name|own_type }} is {{ comment|lit }};
