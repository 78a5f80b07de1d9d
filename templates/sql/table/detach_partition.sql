alter table {{ parent|qname }} detach partition {{ name|qname }};
