comment on constraint {{ constraint|ident }} on {{ name|qname }} is {{ comment|lit }};
