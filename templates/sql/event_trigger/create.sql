create event trigger {{ name.name|ident }} on {{ new.event|keyword }}
{%- if new.tags %}

  when tag in ({% for tag in new.tags %}{{ tag|lit }}{{ ", " if not loop.last }}{% endfor %})
{%- endif %}

  execute function {{ new.function|own_routine }}();
