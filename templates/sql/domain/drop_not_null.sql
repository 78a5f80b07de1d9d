alter domain {{ name|own_type }} drop not null;
