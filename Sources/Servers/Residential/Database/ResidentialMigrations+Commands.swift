extension ResidentialMigrations {
  /// Commands. What a state requires is checked; what it freezes, the application cannot update:
  /// access point, unit, person, decision, partner, key and deadline never change.
  static let commandTable = """
    CREATE TABLE artel.command (
      tenant_id uuid NOT NULL,
      command_id uuid NOT NULL,
      request_id uuid NOT NULL,
      property_id text COLLATE "C" NOT NULL,
      access_point_id text COLLATE "C" NOT NULL,
      unit_id text COLLATE "C" NOT NULL,
      subject text COLLATE "C" NOT NULL CHECK (subject <> ''),
      state text NOT NULL CHECK (state IN ('CREATED', 'AUTHORIZED', 'DENIED', 'SENT',
        'ACKNOWLEDGED', 'EXECUTED', 'FAILED', 'TIMED_OUT', 'EXPIRED', 'CANCELLED')),
      allowed boolean NOT NULL,
      reasons text[] NOT NULL,
      partner_id text COLLATE "C",
      -- The idempotency key at the partner: one for all sends of this command.
      partner_key text,
      deadline timestamptz,
      create_time timestamptz NOT NULL DEFAULT now(),
      sent_time timestamptz,
      ack_time timestamptz,
      executed_time timestamptz,
      failure_code text CHECK (failure_code IN ('PARTNER_REFUSED', 'PARTNER_ERROR',
        'PARTNER_UNREACHABLE', 'PARTNER_TIMED_OUT')),
      partner_code text,
      -- Which process talks to the partner, and when somebody else has to look.
      lease_owner uuid,
      lease_until timestamptz,
      PRIMARY KEY (tenant_id, command_id),
      UNIQUE (tenant_id, request_id),
      FOREIGN KEY (tenant_id, property_id, access_point_id)
        REFERENCES artel.access_point (tenant_id, property_id, access_point_id),
      FOREIGN KEY (tenant_id, unit_id) REFERENCES artel.unit (tenant_id, unit_id),
      FOREIGN KEY (tenant_id, partner_id) REFERENCES artel.partner (tenant_id, partner_id),
      CONSTRAINT command_denied CHECK ((state = 'DENIED') = NOT allowed),
      CONSTRAINT command_sent CHECK (
        state NOT IN ('SENT', 'ACKNOWLEDGED', 'EXECUTED', 'FAILED', 'TIMED_OUT')
        OR num_nulls(partner_id, partner_key, deadline, sent_time) = 0),
      CONSTRAINT command_acknowledged CHECK (state <> 'ACKNOWLEDGED' OR ack_time IS NOT NULL),
      CONSTRAINT command_executed CHECK ((state = 'EXECUTED') = (executed_time IS NOT NULL)),
      CONSTRAINT command_failed CHECK (
        (state IN ('FAILED', 'TIMED_OUT')) = (failure_code IS NOT NULL)),
      CONSTRAINT command_open CHECK (
        (state IN ('SENT', 'ACKNOWLEDGED')) = (lease_until IS NOT NULL))
    );
    CREATE INDEX command_due ON artel.command (tenant_id, lease_until)
      WHERE state IN ('SENT', 'ACKNOWLEDGED');
    \(tenantWall("command"))
    GRANT SELECT,
      INSERT (tenant_id, command_id, request_id, property_id, access_point_id, unit_id, subject,
        state, allowed, reasons, partner_id, partner_key, deadline, sent_time, lease_owner,
        lease_until),
      UPDATE (state, ack_time, executed_time, failure_code, partner_code, lease_owner, lease_until)
      ON artel.command TO artel_app;

    """

  /// The journal. Transaction number and sequence are the database's own: behind the horizon of
  /// running transactions their order is the one in which a watch hands events out.
  static let accessEventTable = """
    CREATE TABLE artel.access_event (
      tenant_id uuid NOT NULL,
      access_event_id uuid NOT NULL,
      property_id text COLLATE "C" NOT NULL,
      access_point_id text COLLATE "C" NOT NULL,
      unit_id text COLLATE "C" NOT NULL,
      subject text COLLATE "C" NOT NULL,
      method text NOT NULL CHECK (method IN ('APP')),
      result text NOT NULL CHECK (result IN ('GRANTED', 'DENIED', 'FAILED')),
      command_id uuid NOT NULL,
      occur_time timestamptz NOT NULL,
      xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
      sequence bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
      PRIMARY KEY (tenant_id, access_event_id),
      FOREIGN KEY (tenant_id, command_id) REFERENCES artel.command (tenant_id, command_id)
    );
    CREATE INDEX access_event_of_unit
      ON artel.access_event (tenant_id, unit_id, occur_time, access_event_id);
    CREATE INDEX access_event_of_property
      ON artel.access_event (tenant_id, property_id, occur_time, access_event_id);
    CREATE INDEX access_event_of_unit_in_commit_order
      ON artel.access_event (tenant_id, unit_id, xid, sequence);
    CREATE INDEX access_event_of_property_in_commit_order
      ON artel.access_event (tenant_id, property_id, xid, sequence);
    \(tenantWall("access_event"))
    GRANT SELECT,
      INSERT (tenant_id, access_event_id, property_id, access_point_id, unit_id, subject, method,
        result, command_id, occur_time)
      ON artel.access_event TO artel_app;
    """
}
