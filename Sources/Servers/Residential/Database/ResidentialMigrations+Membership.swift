extension ResidentialMigrations {
  /// Units, what they may open, and who lives there. A person may come back to a unit after a
  /// membership ended, so several of its memberships may stand beside each other.
  static let membershipTables = """
    CREATE TABLE artel.unit (
      tenant_id uuid NOT NULL,
      unit_id text COLLATE "C" NOT NULL CHECK (unit_id \(label)),
      property_id text COLLATE "C" NOT NULL,
      number text NOT NULL,
      create_time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, unit_id),
      FOREIGN KEY (tenant_id, property_id) REFERENCES artel.property (tenant_id, property_id)
    );
    CREATE INDEX unit_by_property ON artel.unit (tenant_id, property_id);
    \(tenantWall("unit"))
    GRANT SELECT, INSERT (tenant_id, unit_id, property_id, number) ON artel.unit TO artel_app;

    CREATE TABLE artel.unit_access_point (
      tenant_id uuid NOT NULL,
      unit_id text COLLATE "C" NOT NULL,
      property_id text COLLATE "C" NOT NULL,
      access_point_id text COLLATE "C" NOT NULL,
      -- The order in which the unit names them.
      position bigint NOT NULL,
      PRIMARY KEY (tenant_id, unit_id, property_id, access_point_id),
      FOREIGN KEY (tenant_id, unit_id) REFERENCES artel.unit (tenant_id, unit_id),
      FOREIGN KEY (tenant_id, property_id, access_point_id)
        REFERENCES artel.access_point (tenant_id, property_id, access_point_id)
    );
    CREATE INDEX unit_access_point_by_point
      ON artel.unit_access_point (tenant_id, property_id, access_point_id, unit_id);
    \(tenantWall("unit_access_point"))
    GRANT SELECT, INSERT (tenant_id, unit_id, property_id, access_point_id, position)
      ON artel.unit_access_point TO artel_app;

    CREATE TABLE artel.member (
      tenant_id uuid NOT NULL,
      unit_id text COLLATE "C" NOT NULL,
      member_id text COLLATE "C" NOT NULL CHECK (member_id \(label)),
      subject text COLLATE "C" NOT NULL CHECK (subject <> ''),
      role text NOT NULL CHECK (role IN ('OWNER', 'INNER', 'OUTER')),
      expire_time timestamptz,
      create_time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, unit_id, member_id),
      FOREIGN KEY (tenant_id, unit_id) REFERENCES artel.unit (tenant_id, unit_id)
    );
    CREATE INDEX member_by_subject ON artel.member (tenant_id, subject, unit_id);
    \(tenantWall("member"))
    GRANT SELECT, INSERT (tenant_id, unit_id, member_id, subject, role, expire_time)
      ON artel.member TO artel_app;

    """
}
