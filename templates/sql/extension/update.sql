alter extension {{ name.name|ident }} update to {{ version|lit }};
