refresh materialized view {{ name|qname }}{% if with_no_data %} with no data{% endif %};
