/// How much a tenant may use in a day (UTC).
public struct TenantQuotas: Sendable, Hashable {
  /// Calls of each tenant with an idempotency key: their answers are kept for a day, on the disk of all
  /// tenants.
  public static let dailyKeyedCalls: Int64 = 100_000

  /// Calls.
  public var dailyCalls: Int64
  /// Calls of COST_CLASS_HIGH among them.
  public var dailyExpensiveCalls: Int64

  /// Creates quotas; without arguments, the usual ones.
  public init(dailyCalls: Int64 = 100_000_000, dailyExpensiveCalls: Int64 = 1_000_000) {
    self.dailyCalls = dailyCalls
    self.dailyExpensiveCalls = dailyExpensiveCalls
  }
}

/// What a tenant has used on one day (UTC).
public struct QuotaUse: Sendable, Hashable {
  /// The tenant.
  public var tenantID: String
  /// The day, in days since 1970.
  public var day: Int64
  /// Calls.
  public var calls: Int64
  /// Calls of COST_CLASS_HIGH among them.
  public var expensiveCalls: Int64
  /// Calls with an idempotency key, whose answers are kept.
  public var keyedCalls: Int64

  /// Creates a use.
  public init(
    tenantID: String, day: Int64, calls: Int64, expensiveCalls: Int64, keyedCalls: Int64 = 0
  ) {
    self.tenantID = tenantID
    self.day = day
    self.calls = calls
    self.expensiveCalls = expensiveCalls
    self.keyedCalls = keyedCalls
  }
}

/// What one meter tells a store at once.
public struct QuotaBatch: Sendable, Hashable {
  /// Whose count it is: a UUID, another with each start of a process.
  public var meterID: String
  /// Its number, one more than that of the batch before: the same batch is told again, with the same
  /// number, until an answer has come.
  public var sequence: Int64
  /// What each tenant has used since, one use of each and day, in the order of tenants.
  public var uses: [QuotaUse]

  /// Creates a batch.
  public init(meterID: String, sequence: Int64, uses: [QuotaUse]) {
    self.meterID = meterID
    self.sequence = sequence
    self.uses = uses
  }
}

/// Keeps what tenants have used, for all processes.
public protocol QuotaStore: Sendable {
  /// Adds to what tenants have used, each batch once, however often it is told; returns what all
  /// processes have counted of the same tenants and days, but for tenants that are gone.
  func add(_ batch: QuotaBatch) async throws -> [QuotaUse]
}
