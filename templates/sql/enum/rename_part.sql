alter type {{ name|qname }} rename value {{ part|lit }} to {{ to|lit }};
