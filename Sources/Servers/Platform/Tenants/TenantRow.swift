import GeneratedOptions
import GeneratedTenancy
import LibCrypto
import Pipeline
import Postgres
import SwiftProtobuf

/// A row of `artel.tenant`, as the statements of `TenantStatements` select it.
struct TenantRow: Sendable {
  let tenant: Tenant
  /// ACTIVE, SUSPENDED or ERASED.
  let state: String
  let revision: Int64
  let limits: Artel_Tenancy_V1_TenantLimits
  /// The policy's, as they were written.
  let addressRanges: [String]

  init(_ row: PostgresRow, _ baseDomain: BaseDomain) throws {
    let name = try row.text(1)
    state = try row.text(4)
    addressRanges = try row.textArray(20)
    tenant = Tenant(
      id: try row.uuid(0), name: name, displayName: try row.text(2),
      kind: try .init(stored: try row.text(3)), suspended: state != "ACTIVE",
      issuer: baseDomain.issuer(of: name), createTime: try row.timestamp(5).microseconds,
      cell: try row.text(6),
      policy: TenantPolicy(
        accessTokenSeconds: Int32(try row.int(7)), refreshIdleSeconds: Int32(try row.int(8)),
        refreshAbsoluteSeconds: Int32(try row.int(9)), certificateSeconds: Int32(try row.int(10)),
        requiresBoundTokens: try row.bool(11), allowsCodes: try row.bool(19),
        addressRanges: try Self.ranges(addressRanges)),
      quotas: TenantQuotas(
        dailyCalls: Int64(try row.int(21)), dailyExpensiveCalls: Int64(try row.int(22))))
    revision = Int64(try row.int(12))
    limits = try .with {
      $0.clients = Int32(try row.int(13))
      $0.members = Int32(try row.int(14))
      $0.accessTokenSeconds = Int32(try row.int(15))
      $0.refreshIdleSeconds = Int32(try row.int(16))
      $0.refreshAbsoluteSeconds = Int32(try row.int(17))
      $0.certificateSeconds = Int32(try row.int(18))
      $0.dailyCalls = Int64(try row.int(21))
      $0.dailyExpensiveCalls = Int64(try row.int(22))
    }
  }

  /// What cannot be read lets nobody in.
  private static func ranges(_ texts: [String]) throws(PostgresError) -> AddressRanges {
    guard let ranges = AddressRanges(texts) else {
      throw PostgresError(code: .decoding, diagnostic: "a tenant's address range is malformed")
    }
    return ranges
  }

  /// Changes with every change of the row.
  var etag: String { "\"\(revision)\"" }

  /// What a list of tenants shows of it: what it is, and not how it lives.
  var listing: Artel_Tenancy_V1_Tenant {
    var message = message
    message.clearPolicy()
    message.clearLimits()
    message.etag = ""
    return message
  }

  /// The row as the contract shows it.
  var message: Artel_Tenancy_V1_Tenant {
    let (seconds, microseconds) = tenant.createTime.quotientAndRemainder(dividingBy: 1_000_000)
    return .with {
      $0.name = "tenants/\(tenant.name)"
      $0.displayName = tenant.displayName
      $0.kind = tenant.kind
      $0.state =
        switch state {
        case "ACTIVE": .active
        case "ERASED": .erased
        default: .suspended
        }
      $0.issuer = tenant.issuer
      $0.createTime = .with {
        $0.seconds = seconds
        $0.nanos = Int32(truncatingIfNeeded: microseconds * 1000)
      }
      $0.policy = .with {
        $0.accessTokenSeconds = tenant.policy.accessTokenSeconds
        $0.refreshIdleSeconds = tenant.policy.refreshIdleSeconds
        $0.refreshAbsoluteSeconds = tenant.policy.refreshAbsoluteSeconds
        $0.certificateSeconds = tenant.policy.certificateSeconds
        $0.requiresBoundTokens = tenant.policy.requiresBoundTokens
        $0.allowsCodes = tenant.policy.allowsCodes
        $0.addressRanges = addressRanges
      }
      $0.limits = limits
      $0.cell = tenant.cell
      $0.etag = etag
      $0.uid = tenant.id
    }
  }
}
