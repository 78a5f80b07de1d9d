alter table {{ name|qname }} of {{ of_type|own_type }};
