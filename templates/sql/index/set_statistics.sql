alter index {{ name|qname }} alter column {{ key }} set statistics {{ target }};
