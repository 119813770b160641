import Configuration

extension ServerSettings {
  /// How many connections one caller may have.
  struct Connections: Sendable {
    /// To the REST door, from one address.
    var restPerAddress: Int
    /// To the gRPC port, with one certificate.
    var grpcPerCertificate: Int

    static let names: Set<String> = [
      "ARTEL_REST_CONNECTIONS_PER_ADDRESS", "ARTEL_GRPC_CONNECTIONS_PER_CERTIFICATE",
    ]

    /// Reads the settings.
    init(_ config: ConfigReader, problems: inout [String]) {
      restPerAddress = config.number(
        "rest.connections.per.address", "ARTEL_REST_CONNECTIONS_PER_ADDRESS", 1...1_000_000,
        default: 1000, problems: &problems)
      grpcPerCertificate = config.number(
        "grpc.connections.per.certificate", "ARTEL_GRPC_CONNECTIONS_PER_CERTIFICATE",
        1...1_000_000, default: 100, problems: &problems)
    }
  }
}
