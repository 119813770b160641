import GeneratedPeer
import RPC
import Synchronization

/// A service whose handlers are given by each test.
struct TestDirectory: Peer_V1_Directory.SimpleServiceProtocol {
  var get: @Sendable (Peer_V1_GetResidentRequest, ServerContext) async throws -> Peer_V1_Resident =
    { request, _ in .with { $0.residentID = request.residentID } }
  var watch:
    @Sendable (Peer_V1_WatchEventsRequest, RPCWriter<Peer_V1_Event>, ServerContext) async throws ->
      Void = { request, writer, _ in
        for sequence in 0..<Int64(request.count) {
          try await writer.write(.with { $0.sequence = sequence })
        }
      }

  func getResident(request: Peer_V1_GetResidentRequest, context: ServerContext) async throws
    -> Peer_V1_Resident
  { try await get(request, context) }

  func listResidents(request: Peer_V1_ListResidentsRequest, context: ServerContext) async throws
    -> Peer_V1_ListResidentsResponse
  { .with { $0.nextPageToken = String(repeating: "x", count: Int(request.pageSize)) } }

  func createVisit(request: Peer_V1_CreateVisitRequest, context: ServerContext) async throws
    -> Peer_V1_Visit
  { .with { $0.purpose = request.purpose } }

  func watchEvents(
    request: Peer_V1_WatchEventsRequest, response: RPCWriter<Peer_V1_Event>, context: ServerContext
  ) async throws { try await watch(request, response, context) }
}

/// Runs a server and a client for one test, and stops both.
func withServer(
  _ service: some RegistrableRPCService = TestDirectory(),
  configure: (inout ServerConfiguration) -> Void = { _ in },
  _ body: (Peer_V1_Directory.Client, RPCClient, RPCServer) async throws -> Void
) async throws {
  var configuration = ServerConfiguration(address: "127.0.0.1:0")
  configuration.gracePeriod = .seconds(5)
  configure(&configuration)
  var router = RPCRouter()
  router.register(service)
  let server = RPCServer(configuration: configuration, methods: router.methods)
  let port = try server.start()
  let client = RPCClient(configuration: ClientConfiguration(target: "127.0.0.1:\(port)"))
  do {
    try await body(Peer_V1_Directory.Client(wrapping: client), client, server)
  } catch {
    await server.shutdown()
    throw error
  }
  await server.shutdown()
}

/// A place where one task leaves word for another.
final class Signal: Sendable {
  private let stream: AsyncStream<String>
  private let words: AsyncStream<String>.Continuation

  init() { (stream, words) = AsyncStream.makeStream() }

  func send(_ word: String) { words.yield(word) }

  /// The next word; words are kept until they are asked for.
  func next() async -> String? {
    for await word in stream { return word }
    return nil
  }
}

/// Waits until the task is cancelled.
func untilCancelled() async {
  let (stream, continuation) = AsyncStream<Never>.makeStream()
  _ = continuation
  for await _ in stream {}
}
