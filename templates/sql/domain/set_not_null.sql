alter domain {{ name|own_type }} {% if constraint %}add constraint {{ constraint|ident }} not null{% else %}set not null{% endif %};
