alter table {{ relation|qname }} drop constraint if exists {{ name.name|ident }};
