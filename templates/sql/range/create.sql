create type {{ name|qname }} as range (
  subtype = {{ new.subtype|type }}
{%- if new.operator_class %},
  subtype_opclass = {{ new.operator_class|qname }}
{%- endif %}
{%- if new.collation %},
  collation = {{ new.collation|collation }}
{%- endif %}
{%- if new.canonical %},
  canonical = {{ new.canonical|qname }}
{%- endif %}
{%- if new.subtype_diff %},
  subtype_diff = {{ new.subtype_diff|qname }}
{%- endif %},
  multirange_type_name = {{ {"schema": name.schema, "name": new.multirange}|qname }}
);
