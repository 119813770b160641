extension ResidentialMigrations {
  /// What is a person's own in a complex: the units of which it is a member now, and what belongs to
  /// them. It stands behind what the domain's statements ask for, so that one that forgets to ask
  /// shows no neighbour.
  static let rows = """
    -- The owner's, since the members of a unit are told by the table that the question is about. It
    -- sees nothing but the memberships of who acts.
    CREATE POLICY owner_finds_own_units ON artel.member FOR SELECT TO artel_owner
      USING (tenant_id = (SELECT nullif(current_setting('artel.tenant_id', true), '')::uuid)
        AND subject = (SELECT nullif(current_setting('artel.actor', true), '')));
    CREATE FUNCTION artel.own_units() RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      SELECT coalesce(array_agg(m.unit_id), '{}') FROM artel.member AS m
      WHERE m.tenant_id = nullif(current_setting('artel.tenant_id', true), '')::uuid
        AND m.subject = nullif(current_setting('artel.actor', true), '')
        AND (m.expire_time IS NULL OR m.expire_time > now())
    $$;
    GRANT EXECUTE ON FUNCTION artel.own_units() TO artel_app;

    \(ofUnits("unit"))
    \(ofUnits("unit_access_point"))
    \(ofUnits("member"))
    \(ofUnits("command"))
    \(ofUnits("access_event"))
    \(rowsWall("access_point", """
      EXISTS (SELECT FROM artel.unit_access_point AS l
        WHERE l.tenant_id = access_point.tenant_id AND l.property_id = access_point.property_id
          AND l.access_point_id = access_point.access_point_id)
      """))
    \(rowsWall("property", """
      EXISTS (SELECT FROM artel.unit AS u
        WHERE u.tenant_id = property.tenant_id AND u.property_id = property.property_id)
      OR EXISTS (SELECT FROM artel.unit_access_point AS l
        WHERE l.tenant_id = property.tenant_id AND l.property_id = property.property_id)
      """))
    """

  /// A table whose rows belong to a unit each.
  private static func ofUnits(_ table: String) -> String {
    rowsWall(table, "unit_id = ANY ((SELECT artel.own_units())::text[])")
  }

  /// What a person sees and writes of a table; of the tables that the condition asks, it sees its own
  /// as well.
  private static func rowsWall(_ table: String, _ own: String) -> String {
    """
    DROP POLICY own_rows ON artel.\(table);
    CREATE POLICY own_rows ON artel.\(table) AS RESTRICTIVE TO artel_app
      USING ((SELECT current_setting('artel.rows', true)) = 'tenant' OR \(own))
      WITH CHECK ((SELECT current_setting('artel.rows', true)) = 'tenant' OR \(own));
    """
  }
}
