alter type {{ name|qname }} add attribute {{ part|ident }} {{ attribute.type|type }}{% if attribute.collation %} collate {{ attribute.collation|collation }}{% endif %};
