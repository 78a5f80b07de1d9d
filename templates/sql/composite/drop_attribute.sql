alter type {{ name|qname }} drop attribute {{ part|ident }};
