alter index {{ parent|qname }} attach partition {{ name|qname }};
