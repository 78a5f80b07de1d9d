alter domain {{ name|qname }} set default {{ default|default_expr }};
