alter type {{ name|qname }} alter attribute {{ part|ident }} set data type {{ attribute.type|type }}{% if attribute.collation %} collate {{ attribute.collation|collation }}{% endif %};
