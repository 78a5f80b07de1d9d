alter domain {{ name|own_type }} drop default;
