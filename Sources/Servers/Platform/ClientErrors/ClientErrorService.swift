import GeneratedOperations
import Mutation
import Pipeline
import Postgres
import RPC
import Storage
import SwiftProtobuf

/// Serves `artel.operations.v1.ClientErrorService`.
struct ClientErrorService: Artel_Operations_V1_ClientErrorService.SimpleServiceProtocol {
  /// The most bytes of one report, of all its events' texts: on the gRPC door, too.
  static let mostBytes = 524_288
  static let mostAnonymousBytes = 131_072

  let directory: PlatformDirectory
  let database: TenantDatabase
  let baseDomain: BaseDomain
  let cell: String
  let book: ClientErrorBook
  let metrics: ClientErrorMetrics
  let log: ClientErrorLog

  func reportClientErrors(
    request: Artel_Operations_V1_ReportClientErrorsRequest, context: ServerContext
  ) async throws -> Artel_Operations_V1_ReportClientErrorsResponse {
    try take(
      request.events, of: ClientErrorReporter(try context.caller), mostBytes: Self.mostBytes)
  }

  func reportAnonymousClientErrors(
    request: Artel_Operations_V1_ReportAnonymousClientErrorsRequest, context: ServerContext
  ) async throws -> Artel_Operations_V1_ReportClientErrorsResponse {
    let host = tenantName(ofHost: context.metadata.first("artel-host") ?? "")
    // A page of one tenant says nothing of another's apps.
    if let host, !request.tenant.isEmpty, host != request.tenant {
      throw Refusal.invalid("tenant", "is not the one whose host was asked")
    }
    guard let name = request.tenant.isEmpty ? host : request.tenant,
      let tenant = try await directory.tenant(named: name), !tenant.suspended, tenant.cell == cell
    else {
      throw RPCError(
        code: .notFound, reason: "TENANT_NOT_FOUND", message: "there is no tenant of this name")
    }
    return try take(
      request.events, of: ClientErrorReporter(anonymousOf: tenant),
      mostBytes: Self.mostAnonymousBytes)
  }

  private func take(
    _ events: [Artel_Operations_V1_ClientErrorEvent], of reporter: ClientErrorReporter,
    mostBytes: Int
  ) throws -> Artel_Operations_V1_ReportClientErrorsResponse {
    var size = 0
    for event in events { size += event.textBytes }
    guard size <= mostBytes else {
      throw Refusal.invalid("events", "have more than \(mostBytes) bytes")
    }
    var response = Artel_Operations_V1_ReportClientErrorsResponse()
    for event in events {
      switch book.admit(event.eventID, of: reporter) {
      case .duplicate: response.duplicateCount += 1
      case .dropped:
        response.droppedCount += 1
        metrics.dropped(.rate)
      case .taken:
        response.takenCount += 1
        let report = ClientErrorReport(event, of: reporter)
        if !book.count(report) { metrics.dropped(.groups) }
        metrics.reported(report)
        log.write(report)
      }
    }
    return response
  }

  /// The tenant whose issuer is on a host, whatever the port.
  private func tenantName(ofHost host: String) -> String? {
    let name = host.split(separator: ":", omittingEmptySubsequences: false).first ?? ""
    return baseDomain.tenantName(ofIssuer: "https://\(name.lowercased())")
  }
}

extension Artel_Operations_V1_ClientErrorEvent {
  fileprivate var textBytes: Int {
    type.utf8.count + message.utf8.count + stack.utf8.count + screen.utf8.count
      + labels.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
  }
}
