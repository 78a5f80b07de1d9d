alter domain {{ name|qname }} drop default;
