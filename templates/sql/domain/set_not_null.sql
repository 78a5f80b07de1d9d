alter domain {{ name|qname }} set not null;
