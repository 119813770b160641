/// What a document says of itself, and no contract does.
public struct OpenAPIOptions: Sendable {
  /// The title; without one, the packages' names.
  public var title: String?
  /// Where the methods are; `/` stands for where the document is.
  public var servers: [String]
  /// Whether every method passes over what it does not know.
  public var isLenient: Bool
  /// The discovery document of the OpenID provider, where all tenants have the same.
  public var identityURL: String?

  /// - Parameters:
  ///   - title: The title; without one, the packages' names.
  ///   - servers: Where the methods are.
  ///   - isLenient: Whether every method passes over what it does not know.
  ///   - identityURL: The discovery document of the OpenID provider.
  public init(
    title: String? = nil, servers: [String] = ["/"], isLenient: Bool = false,
    identityURL: String? = nil
  ) {
    self.title = title
    self.servers = servers
    self.isLenient = isLenient
    self.identityURL = identityURL
  }
}
