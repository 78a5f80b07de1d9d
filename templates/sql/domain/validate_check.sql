alter domain {{ name|qname }} validate constraint {{ part|ident }};
