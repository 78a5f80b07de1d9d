alter type {{ name|own_type }} rename value {{ part|lit }} to {{ to|lit }};
