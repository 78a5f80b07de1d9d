alter domain {{ name|qname }} drop not null;
