{% from "sql/table/column.sql" import identity %}
alter table {{ name|qname }} alter column {{ part|ident }} add {{ identity(column.identity, column.type) }};
