-- The login of the service: `supabase db push --include-roles` makes it, an owner of the project gives it a password
-- (alter role greenroom password '...'). Alone it may do nothing: each transaction says on whose behalf it is.
do $$
begin
    if to_regrole('greenroom') is null then
        create role greenroom login noinherit;
        grant anon, authenticated, service_role to greenroom;
    end if;
end $$;
