comment on column {{ name|qname }}.{{ part|ident }} is {{ comment|lit }};
