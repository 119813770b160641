/// What an operator sees of a server's connections, and can do to them.
extension RPCServer {
  /// Every connection that is served, the oldest first.
  public var connections: [ConnectionInfo] { portListener?.connections ?? [] }

  /// What the port has done since the start.
  public var listenerCounts: ListenerCounts { portListener?.counts ?? ListenerCounts() }

  /// Ends a connection: nothing more is sent on it, its calls are cancelled, and it is closed.
  ///
  /// - Returns: Whether there was such a connection.
  @discardableResult
  public func endConnection(_ id: UInt64) -> Bool { portListener?.end(id) ?? false }

  /// Ends every connection that a condition holds for.
  ///
  /// - Returns: How many there were.
  @discardableResult
  public func endConnections(
    where isMeant: (ConnectionInfo) throws -> Bool
  ) rethrows -> Int { try connections.filter(isMeant).count { endConnection($0.id) } }
}
