alter domain {{ name|qname }} add constraint {{ check.name|ident }} check ({{ check.expression }}){% if check.not_valid %} not valid{% endif %};
