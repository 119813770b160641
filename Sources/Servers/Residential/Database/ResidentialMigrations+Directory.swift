extension ResidentialMigrations {
  /// Buildings, partners and access points. Identifiers sort by bytes, so that a page's order does
  /// not depend on the system's locale.
  static let directoryTables = """
    CREATE TABLE artel.property (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      property_id text COLLATE "C" NOT NULL CHECK (property_id \(label)),
      display_name text NOT NULL,
      address text NOT NULL,
      create_time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, property_id)
    );
    \(tenantWall("property"))
    GRANT SELECT, INSERT (tenant_id, property_id, display_name, address)
      ON artel.property TO artel_app;

    CREATE TABLE artel.partner (
      tenant_id uuid NOT NULL REFERENCES artel.tenant (tenant_id),
      partner_id text COLLATE "C" NOT NULL CHECK (partner_id \(label)),
      display_name text NOT NULL,
      base_uri text NOT NULL,
      token_uri text NOT NULL,
      client_id text NOT NULL,
      -- Sealed for this tenant, table, column and row.
      client_secret bytea NOT NULL,
      reporting_client_id text CHECK (reporting_client_id <> ''),
      create_time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, partner_id)
    );
    \(tenantWall("partner"))
    GRANT SELECT,
      INSERT (tenant_id, partner_id, display_name, base_uri, token_uri, client_id, client_secret,
        reporting_client_id)
      ON artel.partner TO artel_app;

    CREATE TABLE artel.access_point (
      tenant_id uuid NOT NULL,
      property_id text COLLATE "C" NOT NULL,
      access_point_id text COLLATE "C" NOT NULL CHECK (access_point_id \(label)),
      display_name text NOT NULL,
      kind text NOT NULL CHECK (kind IN ('KIND_UNSPECIFIED', 'DOOR', 'GATE', 'BARRIER')),
      partner_id text COLLATE "C" NOT NULL,
      device_ref text NOT NULL CHECK (device_ref <> ''),
      create_time timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (tenant_id, property_id, access_point_id),
      FOREIGN KEY (tenant_id, property_id) REFERENCES artel.property (tenant_id, property_id),
      FOREIGN KEY (tenant_id, partner_id) REFERENCES artel.partner (tenant_id, partner_id)
    );
    \(tenantWall("access_point"))
    GRANT SELECT,
      INSERT (tenant_id, property_id, access_point_id, display_name, kind, partner_id, device_ref)
      ON artel.access_point TO artel_app;

    """
}
