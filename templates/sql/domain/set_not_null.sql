alter domain {{ name|qname }} {% if constraint %}add constraint {{ constraint|ident }} not null{% else %}set not null{% endif %};
