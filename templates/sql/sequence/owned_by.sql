alter sequence {{ name|qname }} owned by {% if owned_by %}{{ owned_by.table|qname }}.{{ owned_by.column|ident }}{% else %}none{% endif %};
