alter table {{ relation|qname }} rename constraint {{ name.name|ident }} to {{ to|ident }};
