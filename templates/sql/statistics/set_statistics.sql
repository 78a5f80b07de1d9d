alter statistics {{ name|qname }} set statistics {{ target }};
