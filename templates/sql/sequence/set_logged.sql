alter sequence {{ name|qname }} set {% if unlogged %}unlogged{% else %}logged{% endif %};
