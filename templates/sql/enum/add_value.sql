alter type {{ name|own_type }} add value {{ part|lit }}{% if before %} before {{ before|lit }}{% elif after %} after {{ after|lit }}{% endif %};
