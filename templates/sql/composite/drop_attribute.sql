alter type {{ name|qname }} drop attribute {{ part|ident }}{% if cascade %} cascade{% endif %};
