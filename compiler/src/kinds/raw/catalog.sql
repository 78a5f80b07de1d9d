-- Kinds that are too rare for a form of their own.
select 0::oid as class, 0::oid as id, '' as schema, '' as parent, '' as name, 0::oid as owner, '{}' as body where false
