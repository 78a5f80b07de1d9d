alter domain {{ name|own_type }} add constraint {{ check.name|ident }} check ({{ check.expression }}){% if check.not_valid %} not valid{% endif %};
