// swift-tools-version: 6.2
import PackageDescription

// Swift 6 language mode; nonisolated async functions stay on their caller's executor, so that a
// handler started on a completion-queue thread runs there until it really has to wait.
let swift: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]
// What protoc writes is not ours to style: only the language mode is set.
let generated: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")

/// A folder below Sources/Generated: one target per domain.
func contract(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: "Generated\(name)", dependencies: [protobuf] + dependencies,
    path: "Sources/Generated/\(name)", swiftSettings: generated)
}

/// A folder below Sources/Bridge.
func bridge(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/Bridge/\(name)", swiftSettings: swift)
}

/// The only doors to C: a module map with header-only shims.
func library(_ name: String) -> Target {
  .systemLibrary(name: name, path: "Sources/Bridge/\(name)")
}

/// A folder below Tests that mirrors the sources.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies + ["TestSupport"], path: "Tests/\(name)",
    swiftSettings: swift)
}

let package = Package(
  name: "artel",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "artel", targets: ["artel"]),
    .library(name: "RPC", targets: ["RPC"]),
  ],
  traits: [
    .trait(
      name: "Mutations",
      description: "One deliberate bug for each security check; for tools/mutations alone.")
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-protobuf.git", from: "1.39.0"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-http2.git", from: "1.46.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.34.0"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0", traits: []),
    .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    .package(url: "https://github.com/vapor/jwt-kit.git", from: "5.7.1"),
  ],
  targets: [
    // Contracts, written by tools/generate.
    contract("Options"),
    contract("Google"),
    contract("Health", ["RPC", "GeneratedOptions"]),
    contract("Reflection", ["RPC"]),
    contract("Channelz", ["RPC"]),
    contract("Testing", ["RPC"]),
    contract("Greeter", ["RPC"]),
    contract("Auth", ["RPC", "GeneratedOptions", "GeneratedGoogle"]),
    contract("Certificates", ["RPC", "GeneratedOptions", "GeneratedGoogle"]),
    contract("Tenancy", ["RPC", "GeneratedOptions", "GeneratedGoogle"]),
    contract("People", ["RPC", "Sealing", "GeneratedOptions", "GeneratedGoogle"]),
    contract("Privacy", ["RPC", "GeneratedOptions", "GeneratedGoogle"]),
    contract("Access", ["RPC", "GeneratedOptions", "GeneratedGoogle"]),
    contract("Audit", ["RPC", "GeneratedOptions", "GeneratedGoogle"]),
    contract("Operations", ["RPC", "GeneratedOptions", "GeneratedGoogle"]),
    contract("Residential", ["RPC", "Sealing", "GeneratedOptions", "GeneratedGoogle"]),
    contract("Peer", ["RPC", "GeneratedOptions", "GeneratedGoogle"]),
    contract("Descriptors"),
    // Served by others: ours are its clients.
    contract("OpenTelemetry", ["RPC"]),

    // From Swift to C, from JSON to protobuf.
    library("CGRPC"), library("CProtobufC"), library("CPostgres"), library("COpenSSL"),
    library("CZlib"), library("CFido2"), library("CZxcvbn"), library("CCurl"),
    library("CHiredis"), library("CPKCS11"),
    bridge("Mutation", []),
    bridge("RPC", ["CGRPC", "COpenSSL", "CZlib", "Mutation", protobuf]),
    bridge("RPCHealth", ["RPC", "GeneratedHealth"]),
    bridge("RPCLifecycle", ["RPC", lifecycle]),
    bridge("RPCReflection", ["RPC", "GeneratedReflection", protobuf]),
    bridge("RPCChannelz", ["RPC", "GeneratedChannelz", protobuf]),
    bridge(
      "Transcoding", ["CProtobufC", "Mutation", protobuf, "GeneratedOptions", "GeneratedGoogle"]),
    bridge(
      "OpenAPI", ["Transcoding", "LibCrypto", "GeneratedOptions", "GeneratedGoogle", protobuf]),
    .target(
      name: "LibCrypto", dependencies: ["COpenSSL", "CZxcvbn", "Mutation"],
      path: "Sources/Bridge/Crypto",
      swiftSettings: swift),
    bridge("Postgres", ["CPostgres", "Mutation", "Telemetry", log]),
    bridge(
      "Pipeline",
      [
        "RPC", "Transcoding", "LibCrypto", "Mutation", "Telemetry", "GeneratedOptions",
        "GeneratedGoogle", protobuf, log, .product(name: "JWTKit", package: "jwt-kit"),
      ]),
    bridge("Passkeys", ["CFido2", "LibCrypto", "Pipeline", "Mutation"]),
    bridge("Mail", ["CCurl"]),
    bridge("Redis", ["CHiredis", "COpenSSL"]),
    bridge(
      "Egress",
      [
        "Mutation", "RPC", .product(name: "JWTKit", package: "jwt-kit"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]),
    bridge("Telemetry", [log]),
    bridge(
      "RPCTelemetry",
      [
        "RPC", "Telemetry", "Mutation", "GeneratedGoogle", "GeneratedOpenTelemetry", protobuf, log,
        lifecycle,
      ]),
    bridge(
      "MetricsDoor",
      [
        "Telemetry", log, lifecycle,
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
    bridge("Upstream", ["RPC", "Transcoding", "GeneratedReflection", protobuf, log]),
    bridge("Sealing", []),
    bridge(
      "Storage",
      ["RPC", "Pipeline", "Postgres", "LibCrypto", "Sealing", "CZlib", "Mutation", protobuf]),
    bridge("HardwareKeys", ["CPKCS11", "LibCrypto", "Storage"]),
    bridge(
      "Gateway",
      [
        "RPC", "Transcoding", "Telemetry", "LibCrypto", "Mutation", "CZlib", "GeneratedOptions",
        "GeneratedGoogle", protobuf, log, lifecycle,
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOTLS", package: "swift-nio"),
        .product(name: "NIOWebSocket", package: "swift-nio"),
        .product(name: "NIOHTTP2", package: "swift-nio-http2"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]),

    // What each domain does.
    .target(
      name: "Platform",
      dependencies: [
        "RPC", "Pipeline", "Passkeys", "Mail", "Redis", "Storage", "Sealing", "Postgres",
        "LibCrypto", "Mutation", "Telemetry", "Egress",
        "GeneratedAuth", "GeneratedCertificates", "GeneratedTenancy", "GeneratedPeople",
        "GeneratedAccess", "GeneratedAudit", "GeneratedPrivacy", "GeneratedOperations",
        "GeneratedOptions", "GeneratedGoogle", log,
        lifecycle,
        .product(name: "JWTKit", package: "jwt-kit"),
      ],
      path: "Sources/Servers/Platform", swiftSettings: swift),
    .target(
      name: "Residential",
      dependencies: [
        "RPC", "Pipeline", "Storage", "Postgres", "LibCrypto", "Mutation", "Telemetry", "Egress",
        "Sealing", "GeneratedResidential", "GeneratedOptions", "GeneratedGoogle", log, lifecycle,
      ],
      path: "Sources/Servers/Residential", swiftSettings: swift),
    // The administrator's console: its pages as they are, compiled in.
    .target(
      name: "Console", path: "Sources/Servers/Console", resources: [.embedInCode("Pages")],
      swiftSettings: swift),
    .executableTarget(
      name: "artel",
      dependencies: [
        "RPC", "RPCHealth", "RPCReflection", "RPCChannelz", "Pipeline", "Gateway", "Transcoding",
        "Upstream", "OpenAPI", "Storage", "Postgres", "Telemetry", "RPCTelemetry", "MetricsDoor",
        "LibCrypto", "HardwareKeys", "Mail", "Redis", "Egress", "Platform", "Residential",
        "Console", "GeneratedDescriptors", "GeneratedHealth", "GeneratedOptions", log, lifecycle,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      path: "Sources/Servers/artel", swiftSettings: swift),

    // Tools.
    .executableTarget(
      name: "protoc-gen-artel",
      dependencies: [
        protobuf, "GeneratedOptions",
        .product(name: "SwiftProtobufPluginLibrary", package: "swift-protobuf"),
      ],
      path: "tools/protoc-gen-artel", swiftSettings: swift),
    .executableTarget(
      name: "directory-bench",
      dependencies: [
        "RPC", "Pipeline", "Gateway", "Transcoding", "Telemetry", "LibCrypto", "GeneratedPeer",
        "GeneratedOptions", "GeneratedDescriptors", protobuf, log, lifecycle,
        .product(name: "JWTKit", package: "jwt-kit"),
      ],
      path: "tools/bench/Directory", swiftSettings: swift),
    .executableTarget(
      name: "pipeline-bench",
      dependencies: [
        "RPC", "Pipeline", "Transcoding", "Telemetry", "LibCrypto", "Postgres", "Storage",
        "Platform", "Egress", "GeneratedResidential", "GeneratedOptions", "GeneratedDescriptors",
        protobuf, log,
      ],
      path: "tools/bench/Pipeline", swiftSettings: swift),
    .executableTarget(
      name: "sealing-bench", dependencies: ["Storage", "StorageTestSupport", "LibCrypto"],
      path: "tools/bench/Sealing", swiftSettings: swift),
    .executableTarget(
      name: "egress-bench",
      dependencies: [
        "Egress", .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      path: "tools/bench/Egress", swiftSettings: swift),
    .executableTarget(
      name: "codec-bench",
      dependencies: ["Transcoding", "GeneratedPeer", "GeneratedDescriptors", protobuf],
      path: "tools/bench/codec", swiftSettings: swift),
    .target(
      name: "InteropSuite", dependencies: ["RPC", "GeneratedTesting", protobuf],
      path: "tools/interop/Suite", swiftSettings: swift),
    .executableTarget(
      name: "interop",
      dependencies: [
        "InteropSuite", "RPC", "RPCHealth", "RPCReflection", "Gateway", "Transcoding", log,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      path: "tools/interop/Program", swiftSettings: swift),
    .executableTarget(
      name: "rpc-soak", dependencies: ["RPC"], path: "tools/rpc-soak", swiftSettings: swift),
    .executableTarget(
      name: "greeter", dependencies: ["RPC", "GeneratedGreeter"], path: "tools/examples/greeter",
      exclude: ["proto"], swiftSettings: swift),

    // Tests: their folders mirror the sources.
    .target(name: "TestSupport", path: "Tests/Support", swiftSettings: swift),
    .target(
      name: "RPCTestSupport", dependencies: ["RPC"], path: "Tests/RPCSupport",
      swiftSettings: swift),
    tests(
      "RPC", ["RPC", "RPCHealth", "LibCrypto", "GeneratedHealth", "GeneratedPeer", protobuf]),
    tests("RPCLifecycle", ["RPC", "RPCLifecycle", lifecycle, log]),
    tests("RPCHealth", ["RPCHealth", "RPC", "GeneratedHealth", "RPCTestSupport"]),
    tests(
      "RPCReflection",
      [
        "RPCReflection", "RPC", "GeneratedReflection", "GeneratedDescriptors", "RPCTestSupport",
        protobuf,
      ]),
    tests(
      "RPCChannelz",
      [
        "RPCChannelz", "RPCHealth", "RPC", "GeneratedChannelz", "GeneratedHealth",
        "RPCTestSupport",
      ]),
    tests(
      "RPCInterop", ["InteropSuite", "RPC", "GeneratedTesting", "RPCTestSupport"]),
    tests(
      "Transcoding",
      [
        "Transcoding", "GeneratedOptions", "GeneratedGoogle", "GeneratedPeer",
        "GeneratedDescriptors", protobuf,
      ]),
    tests(
      "Upstream",
      [
        "Upstream", "RPC", "RPCReflection", "Transcoding", "GeneratedReflection",
        "GeneratedDescriptors", "RPCTestSupport", protobuf,
      ]),
    tests(
      "OpenAPI",
      [
        "OpenAPI", "Transcoding", "GeneratedOptions", "GeneratedGoogle", "GeneratedDescriptors",
        protobuf,
      ]),
    tests("Crypto", ["LibCrypto"]),
    tests("Postgres", ["Postgres"]),
    tests(
      "Pipeline",
      [
        "Pipeline", "RPC", "Transcoding", "LibCrypto", "GeneratedOptions", "GeneratedGoogle",
        "GeneratedPeer", "GeneratedDescriptors", "LogTestSupport", protobuf, log,
        .product(name: "JWTKit", package: "jwt-kit"),
      ]
    ),
    tests(
      "Gateway",
      [
        "Gateway", "RPC", "Transcoding", "Telemetry", "GeneratedPeer", "GeneratedDescriptors",
        "GeneratedGoogle", "GeneratedOptions", "LogTestSupport", "CZlib", protobuf,
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP2", package: "swift-nio-http2"),
      ]),
    .target(
      name: "PasskeyTestSupport", dependencies: ["LibCrypto", "COpenSSL"],
      path: "Tests/PasskeySupport", swiftSettings: swift),
    .testTarget(
      name: "PasskeysTests", dependencies: ["Passkeys", "PasskeyTestSupport", "TestSupport"],
      path: "Tests/Passkeys", exclude: ["make_vectors.py", "vectors.json"], swiftSettings: swift),
    .target(
      name: "LogTestSupport", dependencies: [log], path: "Tests/LogSupport", swiftSettings: swift),
    tests("Telemetry", ["Telemetry", "LogTestSupport"]),
    tests(
      "RPCTelemetry",
      [
        "RPCTelemetry", "RPC", "Telemetry", "GeneratedOpenTelemetry", "RPCTestSupport", protobuf,
        log,
      ]),
    tests("MetricsDoor", ["MetricsDoor", "Telemetry", log]),
    tests("Mail", ["Mail"]),
    tests("Redis", ["Redis", "Platform", "Pipeline", "LibCrypto", log]),
    tests(
      "Egress",
      [
        "Egress", "LibCrypto",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]),
    .target(
      name: "StorageTestSupport", dependencies: ["Storage", "LibCrypto"],
      path: "Tests/StorageSupport", swiftSettings: swift),
    tests(
      "Storage",
      ["Storage", "StorageTestSupport", "Sealing", "LibCrypto", "Postgres", "Pipeline", "RPC"]),
    tests(
      "HardwareKeys", ["HardwareKeys", "CPKCS11", "Storage", "StorageTestSupport", "LibCrypto"]),
    tests(
      "Platform",
      [
        "Platform", "Storage", "StorageTestSupport", "Sealing", "Postgres", "Pipeline", "RPC",
        "LibCrypto", "Passkeys", "PasskeyTestSupport", "Egress", "Telemetry",
        "GeneratedAuth", "GeneratedCertificates", "GeneratedTenancy", "GeneratedPeople",
        "GeneratedPrivacy", "GeneratedAccess", "GeneratedAudit", "GeneratedOperations",
        "GeneratedDescriptors", "GeneratedOptions", "GeneratedGoogle", "Transcoding", log,
        lifecycle, protobuf,
        .product(name: "JWTKit", package: "jwt-kit"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]),
    tests(
      "Residential",
      [
        "Residential", "Egress", "Platform", "Storage", "StorageTestSupport", "Postgres",
        "Pipeline", "RPC", "LibCrypto", "GeneratedResidential", "GeneratedOptions",
        .product(name: "JWTKit", package: "jwt-kit"),
      ]),
  ]
)

// What libFuzzer drives links with its runtime alone: tools/fuzz/run asks for it.
if Context.environment["ARTEL_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "fuzz", dependencies: ["Transcoding", "GeneratedDescriptors"], path: "tools/fuzz",
      exclude: ["run"], swiftSettings: swift))
}
