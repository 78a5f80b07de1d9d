comment on constraint {{ part|ident }} on domain {{ name|qname }} is {{ comment|lit }};
