alter event trigger {{ name.name|ident }} {% if enabled == "disabled" %}disable{% elif enabled == "origin" %}enable{% else %}enable {{ enabled|keyword }}{% endif %};
