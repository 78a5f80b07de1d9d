alter domain {{ name|own_type }} set default {{ default|default_expr }};
