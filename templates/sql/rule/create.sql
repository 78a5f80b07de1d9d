{{ new.definition }};
