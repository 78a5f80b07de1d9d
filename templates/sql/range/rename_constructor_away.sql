alter function {{ function|qname }}({% for type in arguments %}{{ type|type }}{{ ", " if not loop.last }}{% endfor %}) rename to {{ old_name|ident }};
