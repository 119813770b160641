import Gateway
import GeneratedDescriptors
import Logging
import Pipeline
import RPC
import ServiceLifecycle
import Telemetry
import Transcoding

/// The benchmark's program: the directory over runtime, pipeline and bridge in one process.
let arguments = CommandLine.arguments.dropFirst()
let ports = arguments.filter { !$0.hasPrefix("--") }.compactMap(UInt16.init)
guard ports.count >= 2 else {
  fatalError("usage: directory GRPC_PORT REST_PORT [LOOPS] [--secured]")
}
let secured = arguments.contains("--secured")
LoggingSystem.bootstrap { label in
  JSONLogHandler(
    label: label, level: secured ? .info : .warning, write: StandardStreams.writeError)
}
let logger = Logger(label: "bench")

var router = RPCRouter()
router.register(DirectoryService())
let contracts = secured ? try Secured.descriptorSet() : ArtelDescriptors.descriptorSet
let schema = try Schema(descriptorSet: contracts)
let identity = try await BenchIdentity()
let pipeline = Pipeline(
  configuration: .init(trustDomain: "bench.localhost", limits: Secured.limits),
  directory: identity,
  journal: secured ? LoggedCallJournal(logger: logger) : nil, logger: logger)
let methods = try pipeline.protect(
  router.methods, schema: schema, outputOnly: try OutputOnlyFields(descriptorSet: contracts))

var grpcConfiguration = ServerConfiguration(address: "127.0.0.1:\(ports[0])")
if ports.count > 2 { grpcConfiguration.loops = Int(ports[2]) }
let server = RPCServer(configuration: grpcConfiguration, methods: methods)
try server.start()
var door = GatewayConfiguration(port: Int(ports[1]))
// Ten thousand idle ones, and those that are measured beside them.
door.maxConnections = 12_000
let gateway = try Gateway(configuration: door, schema: schema, methods: methods, logger: logger)
try await gateway.start()
if secured { StandardStreams.writeOutput(Array("\(try await identity.token())\n".utf8)) }

/// Ends the gRPC server with the group.
struct GRPCDoor: Service {
  func run() async throws {
    try? await gracefulShutdown()
    await server.shutdown()
  }
}

try await ServiceGroup(
  configuration: ServiceGroupConfiguration(
    services: [.init(service: gateway), .init(service: GRPCDoor())],
    gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
).run()
