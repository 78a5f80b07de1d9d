alter table {{ name|qname }} not of;
