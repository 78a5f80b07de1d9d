create extension {{ name.name|ident }}{% if new.schema %} with schema {{ new.schema|ident }}{% endif %}{% if new.version %} version {{ new.version|lit }}{% endif %};
