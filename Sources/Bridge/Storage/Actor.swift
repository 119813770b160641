public import Pipeline
import Postgres

/// In whose name the database is read or changed.
public struct Actor: Sendable, Hashable {
  /// The tenant whose rows are seen.
  public let tenantID: String

  /// Who, as audit entries name it: a principal's subject.
  public let subject: String

  /// How much of the tenant is seen.
  public let reach: RowReach

  /// Whether it is a person, of whom entries say what nobody may read once the person is erased.
  public let isPerson: Bool

  /// A verified caller.
  public init(_ caller: Caller) {
    tenantID = caller.tenant.id
    subject = caller.principal.subject
    reach = caller.reach
    isPerson = caller.principal.isPerson
  }

  /// A background job: it acts in one tenant at a time, as `services/{service}`.
  public init(tenantID: String, service: String) {
    self.tenantID = tenantID
    subject = "services/\(service)"
    reach = .tenant
    isPerson = false
  }

  /// An operator at the command line, as `operators/{name}`.
  public init(tenantID: String, operator name: String) {
    self.tenantID = tenantID
    subject = "operators/\(name)"
    reach = .tenant
    isPerson = false
  }

  var scope: TenantScope {
    TenantScope(tenantID: tenantID, actor: subject, rows: reach == .tenant ? .tenant : .own)
  }
}
