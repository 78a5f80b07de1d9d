alter type {{ name|qname }} add value {{ part|lit }}{% if before %} before {{ before|lit }}{% elif after %} after {{ after|lit }}{% endif %};
