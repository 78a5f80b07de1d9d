alter domain {{ name|qname }} drop constraint {{ part|ident }};
