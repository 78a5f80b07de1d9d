{{ new.create }};
