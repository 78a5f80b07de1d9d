comment on {% include ["sql/" ~ kind ~ "/commented.sql", "sql/" ~ kind ~ "/address.sql"] %} is {{ comment|lit }};
