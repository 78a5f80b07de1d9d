comment on constraint {{ constraint|ident }} on domain {{ name|own_type }} is {{ comment|lit }};
