alter publication {{ name.name|ident }} set ({% for name, value in options|items %}{{ name|option }} = {{ value|lit }}{{ ", " if not loop.last }}{% endfor %});
