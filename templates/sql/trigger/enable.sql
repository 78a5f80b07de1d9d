alter table {{ relation|qname }} {% if enabled == "disabled" %}disable{% elif enabled == "origin" %}enable{% else %}enable {{ enabled|keyword }}{% endif %} trigger {{ name.name|ident }};
