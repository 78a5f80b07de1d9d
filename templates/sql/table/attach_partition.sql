alter table {{ partition_of.parent|qname }} attach partition {{ name|qname }} {{ partition_of.bound }};
