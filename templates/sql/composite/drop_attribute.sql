alter type {{ name|own_type }} drop attribute {{ part|ident }}{% if cascade %} cascade{% endif %};
