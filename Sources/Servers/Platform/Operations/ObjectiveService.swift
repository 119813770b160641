import GeneratedOperations
public import RPC
import SwiftProtobuf
public import Telemetry

/// Tells the operator how well the process's promises are kept.
public struct ObjectiveService: RegistrableRPCService {
  private let book: ObjectiveBook

  /// Creates the service.
  public init(book: ObjectiveBook) { self.book = book }

  /// Registers the service's methods.
  public func registerMethods(with router: inout RPCRouter) {
    router.register(Methods(book: book))
  }
}

private struct Methods: Artel_Operations_V1_ObjectiveService.SimpleServiceProtocol {
  let book: ObjectiveBook

  func listObjectives(
    request: Artel_Operations_V1_ListObjectivesRequest, context: ServerContext
  ) async throws -> Artel_Operations_V1_ListObjectivesResponse {
    .with {
      $0.observedSince = .with { $0.seconds = book.since }
      $0.objectives = book.reports.lazy.map(Artel_Operations_V1_Objective.init)
        .filter { $0.name.hasPrefix(request.namePrefix) }
    }
  }
}

extension Artel_Operations_V1_Objective {
  fileprivate init(_ report: ObjectiveReport) {
    self.init()
    let definition = report.definition
    name = "objectives/\(definition.name)"
    kind = definition.threshold == nil ? .availability : .latency
    target = definition.target
    if let threshold = definition.threshold { self.threshold = .init(threshold) }
    window = .init(definition.window)
    goodCount = Int64(report.good)
    totalCount = Int64(report.total)
    budgetRemaining = report.budgetRemaining
    burnRates = report.burnRates.map { window, rate in
      .with {
        $0.window = .init(window)
        $0.rate = rate
      }
    }
  }
}

extension Google_Protobuf_Duration {
  fileprivate init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self.init(seconds: seconds, nanos: Int32(attoseconds / 1_000_000_000))
  }
}
