comment on index {{ index|qname }} is {{ comment|lit }};
