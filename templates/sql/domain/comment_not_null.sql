comment on constraint {{ constraint|ident }} on domain {{ name|qname }} is {{ comment|lit }};
