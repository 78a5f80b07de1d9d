{{ old.drop }};
