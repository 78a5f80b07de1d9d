do $$
begin
  if not exists (select from pg_roles where rolname = {{ name.name|lit }}) then
    create role {{ name.name|ident }}{% if new.login %} login{% endif %}{% if new.bypass_row_security %} bypassrls{% endif %}{% if new.member_of %} in role {{ new.member_of|idents }}{% endif %};
  end if;
end
$$;
