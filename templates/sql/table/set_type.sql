alter table {{ name|qname }} of {{ of_type|qname }};
