alter table {{ relation|qname }} validate constraint {{ name.name|ident }};
