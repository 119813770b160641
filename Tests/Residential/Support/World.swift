import Egress
import GeneratedResidential
import LibCrypto
import Logging
import Pipeline
import Postgres
import RPC
import Storage
import StorageTestSupport

@testable import Residential

/// Two complexes with the same names in them, a partner, and the domain over the real database.
struct World: Sendable {
  let a: String
  let b: String
  let partner: PartnerStub
  let database: TenantDatabase
  let hub: EventHub
  let egress: EgressClient
  let domain: ResidentialDomain
  let complex: ComplexDatabase

  static let point = "properties/north/accessPoints/main-door"
  static let gate = "properties/north/accessPoints/gate"

  /// Runs a test in a world of its own.
  static func run(
    timing: CommandTiming = .patient,
    places: CommandPlaceLimits = .init(total: 64, perTenant: 64, perPartner: 64),
    _ body: (World) async throws -> Void
  ) async throws {
    let world = try await World(timing: timing, places: places)
    do {
      try await world.furnish(world.a)
      try await world.furnish(world.b)
      try await body(world)
    } catch {
      try await world.end()
      throw error
    }
    try await world.end()
  }

  private init(timing: CommandTiming, places: CommandPlaceLimits) async throws {
    complex = try await ComplexDatabase.shared()
    let tenants = [try await complex.makeTenant(), try await complex.makeTenant()]
    (a, b) = (tenants[0], tenants[1])
    partner = PartnerStub()
    try await partner.start()
    hub = EventHub()
    database = TenantDatabase(pool: complex.pool, hub: hub, vault: .ofTest())
    var logger = Logger(label: "residential-tests")
    logger.logLevel = .critical
    egress = try EgressClient(
      policy: EgressPolicy(loopback: [EgressAuthority(host: "127.0.0.1", port: partner.port)]))
    domain = try ResidentialDomain(
      database: database, hub: hub, tenants: FixedTenants(ids: tenants),
      configuration: ResidentialConfiguration(timing: timing, places: places),
      egress: egress, logger: logger)
  }

  private func end() async throws {
    await domain.shutdown()
    try await egress.shutdown()
    // A test may have stopped the partner itself.
    try? await partner.stop()
  }

  /// Buildings, a partner, access points, units and members of one complex.
  private func furnish(_ tenant: String) async throws {
    let admin = administrator(tenant)
    _ = try await directory.createProperty(
      request: .with {
        $0.propertyID = "north"
        $0.property.displayName = "North"
      }, context: admin)
    _ = try await partners.createPartner(
      request: .with {
        $0.partnerID = "doors"
        $0.partner = partnerMessage
      }, context: admin)
    let points: [(String, Artel_Residential_V1_AccessPoint.Kind)] = [
      ("main-door", .door), ("gate", .gate), ("barrier", .barrier), ("back-door", .door),
    ]
    for (id, kind) in points {
      _ = try await self.points.createAccessPoint(
        request: .with {
          $0.parent = "properties/north"
          $0.accessPointID = id
          $0.accessPoint.kind = kind
          $0.accessPoint.partner = "partners/doors"
          $0.accessPoint.deviceRef = "dev/\(id)"
        }, context: admin)
    }
    let units = [("flat-1", ["main-door", "gate", "barrier"]), ("flat-2", ["back-door"])]
    for (id, points) in units {
      _ = try await directory.createUnit(
        request: .with {
          $0.unitID = id
          $0.unit.property = "properties/north"
          $0.unit.accessPoints = points.map { "properties/north/accessPoints/\($0)" }
        }, context: admin)
    }
    try await join("anna", "flat-1", .owner, in: tenant)
    try await join("ivan", "flat-1", .inner, in: tenant)
    try await join("oleg", "flat-1", .outer, in: tenant)
    try await join("past", "flat-1", .owner, expired: true, in: tenant)
    try await join("vera", "flat-2", .owner, in: tenant)
  }

  var partnerMessage: Artel_Residential_V1_Partner {
    .with {
      $0.baseUri = partner.baseURI
      $0.tokenUri = partner.tokenURI
      $0.clientID = partner.clientID
      $0.clientSecret = partner.clientSecret
      $0.reportingClientID = "doors-callback"
    }
  }

  @discardableResult
  func join(
    _ person: String, _ unit: String, _ role: Artel_Residential_V1_Member.Role,
    expired: Bool = false, in tenant: String
  ) async throws -> Artel_Residential_V1_Member {
    try await directory.createMember(
      request: .with {
        $0.parent = "units/\(unit)"
        $0.memberID = person
        $0.member.subject = "artel:\(person)"
        $0.member.role = role
        if expired { $0.member.expireTime = .init(seconds: 1_000_000_000) }
      }, context: administrator(tenant))
  }
}

struct FixedTenants: TenantLister {
  let ids: [String]
  func activeTenantIDs() async throws -> [String] { ids }
}

extension CommandTiming {
  /// Long enough for a busy machine: nothing ends by time.
  static let patient = CommandTiming(
    timeToLive: .seconds(60), inquiryGrace: .seconds(10), firstPause: .milliseconds(5))

  /// Time is over soon.
  static let short = CommandTiming(
    timeToLive: .milliseconds(400), inquiryGrace: .milliseconds(300),
    firstPause: .milliseconds(20))
}
