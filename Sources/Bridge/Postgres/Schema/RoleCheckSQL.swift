/// Questions to the catalog. Each gives one text per problem, none when all is well.
///
/// "Roles" are the login role and everything that it is a member of, inherited or not: `SET ROLE`
/// would make it any of them.
enum RoleCheckSQL {
  /// Attributes and memberships that pass row-level security or read around it.
  static let roles: StaticString = """
    SELECT format('role %s %s', r.rolname, p.problem)
    FROM pg_roles r
    CROSS JOIN LATERAL (VALUES
      (r.rolsuper, 'is a superuser'),
      (r.rolbypassrls, 'bypasses row-level security'),
      (r.rolcreaterole, 'may create roles'),
      (r.rolreplication, 'may replicate'),
      (r.rolname IN ('pg_read_server_files', 'pg_write_server_files',
        'pg_execute_server_program'), 'reaches the server''s files')
    ) AS p(holds, problem)
    WHERE p.holds AND pg_has_role(session_user, r.oid, 'MEMBER')
    ORDER BY 1
    """

  /// Owners may change, disable and drop policies.
  static let owned: StaticString = """
    SELECT format('role %s owns %I.%I', pg_get_userbyid(c.relowner), n.nspname, c.relname)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      AND pg_has_role(session_user, c.relowner, 'MEMBER')
    UNION ALL
    SELECT format('role %s owns schema %I', pg_get_userbyid(n.nspowner), n.nspname)
    FROM pg_namespace n
    WHERE n.nspname = ANY($1) AND pg_has_role(session_user, n.nspowner, 'MEMBER')
    ORDER BY 1
    """

  /// TRUNCATE and foreign keys do not ask policies; triggers run as others.
  static let privileges: StaticString = """
    SELECT DISTINCT format('role %s has %s on %I.%I', r.rolname, p.privilege, n.nspname, c.relname)
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    JOIN pg_roles r ON pg_has_role(session_user, r.oid, 'MEMBER')
    CROSS JOIN (VALUES ('TRUNCATE'), ('REFERENCES'), ('TRIGGER')) AS p(privilege)
    WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p')
      AND format('%s.%s', n.nspname, c.relname) <> ALL($2)
      AND NOT r.rolsuper
      AND (has_table_privilege(r.oid, c.oid, p.privilege)
        OR p.privilege = 'REFERENCES' AND has_any_column_privilege(r.oid, c.oid, p.privilege))
    ORDER BY 1
    """

  /// Tables with a tenant must have row-level security, for their owner too.
  static let tables: StaticString = """
    SELECT format('%I.%I %s', n.nspname, c.relname, p.problem)
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    CROSS JOIN LATERAL (VALUES
      (c.relkind = 'f', 'is a foreign table'),
      (c.relkind <> 'f' AND NOT c.relrowsecurity, 'has row-level security switched off'),
      (c.relkind <> 'f' AND NOT c.relforcerowsecurity, 'does not force row-level security'),
      (c.relkind <> 'f' AND NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid),
        'has no policy')
    ) AS p(holds, problem)
    WHERE p.holds AND n.nspname = ANY($1) AND c.relkind IN ('r', 'p', 'f')
      AND format('%s.%s', n.nspname, c.relname) <> ALL($2)
    ORDER BY 1
    """

  /// Policies that let the login role read or write must say both, and must not say "always".
  static let policies: StaticString = """
    SELECT format('policy %I on %I.%I %s', l.polname, n.nspname, c.relname, p.problem)
    FROM pg_policy l
    JOIN pg_class c ON c.oid = l.polrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    CROSS JOIN LATERAL (VALUES
      (l.polcmd IN ('r', 'w', 'd', '*') AND l.polqual IS NULL, 'has no USING'),
      (l.polcmd IN ('a', 'w', '*') AND l.polwithcheck IS NULL, 'has no WITH CHECK'),
      (l.polpermissive AND pg_get_expr(l.polqual, l.polrelid) = 'true', 'is USING (true)'),
      (l.polpermissive AND pg_get_expr(l.polwithcheck, l.polrelid) = 'true',
        'is WITH CHECK (true)')
    ) AS p(holds, problem)
    WHERE p.holds AND n.nspname = ANY($1) AND format('%s.%s', n.nspname, c.relname) <> ALL($2)
      AND EXISTS (SELECT FROM unnest(l.polroles) AS role
        WHERE role = 0 OR pg_has_role(session_user, role, 'MEMBER'))
    ORDER BY 1
    """

  /// Views run as their owner unless told otherwise; materialized views have no policies.
  static let views: StaticString = """
    SELECT format('%I.%I %s', n.nspname, c.relname,
      CASE c.relkind WHEN 'm' THEN 'is a materialized view with a tenant'
        ELSE 'is a view without security_invoker' END)
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    WHERE n.nspname = ANY($1) AND format('%s.%s', n.nspname, c.relname) <> ALL($2)
      AND (c.relkind = 'm' OR c.relkind = 'v' AND NOT EXISTS (
        SELECT FROM unnest(c.reloptions) AS option
        WHERE option IN ('security_invoker=true', 'security_invoker=on', 'security_invoker=1')))
    ORDER BY 1
    """
}
