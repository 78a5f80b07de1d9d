alter table {{ relation|qname }} drop constraint {{ name.name|ident }};
